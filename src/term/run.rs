//! The loop: wait, update, do, draw once.

use std::collections::VecDeque;
use std::io::{self, BufWriter, Stdout};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use jiff::Timestamp;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::backend::Screen;
use super::input::{Input, Reader};
use super::log::Log;
use super::session::Session;
use crate::app::screen::ScreenId;
use crate::app::task::Task;
use crate::app::{Action, App, Effect, Setup, Size, perform, update};
use crate::desk::Desk;
use crate::jobs::{Lane, Pool, Token};
use crate::locale::Message;
use crate::ui;

/// Opens the workspace, on a job's thread: the first frame never waits for it. The fault is the sentence that the officer reads.
/// With the desk come the sentences that tell what was found and mended.
pub type Opener = Box<dyn FnOnce(&Token) -> Result<Opened, String> + Send>;

/// The desk, and what is told of its opening.
pub type Opened = (Arc<Desk>, Vec<String>);

/// What the loop is given.
pub struct Workstation {
    /// The application, as it begins.
    pub app: App,
    /// Opens the workspace; `None` for the first run, which only asks who works here.
    pub open: Option<Opener>,
    /// Where what goes wrong is written.
    pub log: Log,
}

/// How the loop ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// The person left.
    Quit,
    /// The terminal went away or the system asked us to end; everything that was being written is on the disk.
    Signal(i32),
    /// The first run: make the workspace with this, then run again.
    Setup(Setup),
}

/// How long a quit waits for what is being written.
const PATIENCE: Duration = Duration::from_secs(20);
/// A burst of sizes, as a window is dragged, is drawn once it has rested so long.
const RESIZE_REST: Duration = Duration::from_millis(60);
/// How many threads do the work: one may be busy with a long job while another answers the keyboard.
const THREADS: usize = 3;

enum Event {
    Input(Input),
    Done(Action),
    Opened(Result<Opened, String>),
    Signal(i32),
}

/// Runs the workstation until it ends. The terminal is given back whatever happens.
pub fn run(workstation: Workstation) -> io::Result<Ended> {
    let (sender, receiver) = channel();
    let signals = watch_signals(&sender)?;
    let sink = sender.clone();
    let pool = Pool::new(THREADS, move |event| drop(sink.send(event)), broken)?;
    let session = Session::begin()?;
    let reader = Reader::default();
    reader.start(sender, Event::Input)?;
    let mut shell = Shell {
        app: workstation.app,
        log: workstation.log,
        screen: Screen::new(BufWriter::with_capacity(64 * 1_024, io::stdout())),
        pool,
        desk: None,
        waiting: VecDeque::new(),
        resized: false,
        session: &session,
        reader: &reader,
    };
    let ended = shell.run(&receiver, workstation.open);
    // Also where the line dropped: what is typed in a form goes to the disk before the ordered lane is waited for.
    let kept = shell.act(Action::Leaving);
    reader.stop();
    signals.close();
    if !shell.pool.close(PATIENCE) {
        shell.log.write(Timestamp::now(), "the end did not wait any longer for what was being written");
    }
    if let Some(Err(fault)) = shell.desk.take().map(|desk| desk.finish()) {
        shell.log.write(Timestamp::now(), &fault.to_string());
    }
    kept.and(ended)
}

fn broken(name: &'static str, what: String) -> Event {
    Event::Done(Action::Broken(Message::new("error-job-broken").with("job", name).with("what", what)))
}

/// A dropped line, a kill and a quit from outside arrive as events like any other.
fn watch_signals(sender: &Sender<Event>) -> io::Result<signal_hook::iterator::Handle> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGQUIT, SIGTERM])?;
    let handle = signals.handle();
    let sender = sender.clone();
    std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in signals.forever() {
            if sender.send(Event::Signal(signal)).is_err() {
                return;
            }
        }
    })?;
    Ok(handle)
}

struct Shell<'a> {
    app: App,
    log: Log,
    screen: Screen<BufWriter<Stdout>>,
    pool: Pool<Event>,
    desk: Option<Arc<Desk>>,
    /// Tasks that came before the workspace was open.
    waiting: VecDeque<Task>,
    /// The terminal has just had another size; more may follow.
    resized: bool,
    session: &'a Session,
    reader: &'a Reader,
}

impl Shell<'_> {
    fn run(&mut self, events: &Receiver<Event>, open: Option<Opener>) -> io::Result<Ended> {
        let (width, height) = crossterm::terminal::size()?;
        self.act(Action::Tick(Timestamp::now()))?;
        self.act(Action::Resize(Size { width, height }))?;
        self.draw()?;
        if let Some(open) = open {
            self.pool.submit("job-open", Lane::Free, move |token| Event::Opened(open(token)));
        }
        loop {
            let first = match events.recv_timeout(self.rest()) {
                Ok(event) => Some(event),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return Ok(Ended::Quit),
            };
            self.act(Action::Tick(Timestamp::now()))?;
            // Everything that waits is taken before one frame is drawn: a held key costs one frame, not thirty.
            let mut next = first;
            while let Some(event) = next {
                if let Some(ended) = self.take(event)? {
                    return Ok(ended);
                }
                next = if std::mem::take(&mut self.resized) {
                    events.recv_timeout(RESIZE_REST).ok()
                } else {
                    events.try_recv().ok()
                };
            }
            self.draw()?;
        }
    }

    /// How long nothing can happen by itself: to the next minute of the clock, or to the end of a message.
    fn rest(&self) -> Duration {
        let now = Timestamp::now();
        let next_minute = 60 - now.as_second().rem_euclid(60);
        let mut rest = Duration::from_secs(u64::try_from(next_minute).unwrap_or(60));
        if let Some(at) = self.app.wakes_at() {
            rest = rest.min(at.duration_since(now).try_into().unwrap_or(Duration::ZERO));
        }
        if matches!(self.app.screen, ScreenId::Jobs | ScreenId::Import) && self.pool.live() > 0 {
            rest = rest.min(Duration::from_millis(500));
        }
        if self.app.form.as_ref().is_some_and(crate::app::screen::form::FormScreen::is_unsaved) {
            rest = rest.min(Duration::from_millis(500));
        }
        rest + Duration::from_millis(5)
    }

    fn take(&mut self, event: Event) -> io::Result<Option<Ended>> {
        match event {
            Event::Input(Input::Key(key)) => self.act(Action::Key(key)),
            Event::Input(Input::Paste(text)) => self.act(Action::Paste(text)),
            Event::Input(Input::Resize(size)) => {
                self.screen.forget();
                self.resized = true;
                self.act(Action::Resize(size))
            }
            Event::Input(Input::Gone) => Ok(Some(Ended::Signal(signal_hook::consts::SIGHUP))),
            Event::Done(action) => {
                if let Action::Broken(message) = &action {
                    self.log.write(self.app.now, &format!("{message:?}"));
                }
                self.act(action)
            }
            Event::Opened(Ok((desk, notices))) => {
                self.desk = Some(desk);
                let ended = self.act(Action::Opened(Ok(notices)))?;
                for task in std::mem::take(&mut self.waiting) {
                    self.submit(task);
                }
                Ok(ended)
            }
            Event::Opened(Err(why)) => {
                self.log.write(self.app.now, &why);
                self.act(Action::Opened(Err(Message::new("error-other").with("what", why))))
            }
            // Ctrl-C arrives as a key; a SIGINT from elsewhere asks for the same and costs no work either.
            Event::Signal(signal_hook::consts::SIGINT) => Ok(None),
            Event::Signal(signal) => Ok(Some(Ended::Signal(signal))),
        }
    }

    fn act(&mut self, action: Action) -> io::Result<Option<Ended>> {
        for effect in update(&mut self.app, action) {
            match effect {
                Effect::Run(task) => self.submit(task),
                Effect::Cancel(job) => {
                    self.pool.cancel(job);
                }
                Effect::Repaint => self.screen.forget(),
                Effect::Suspend => self.suspend()?,
                Effect::Found(setup) => return Ok(Some(Ended::Setup(setup))),
                Effect::Quit => return Ok(Some(Ended::Quit)),
            }
        }
        Ok(None)
    }

    fn submit(&mut self, task: Task) {
        let Some(desk) = &self.desk else {
            self.waiting.push_back(task);
            return;
        };
        let desk = Arc::clone(desk);
        self.pool.submit(task.name(), task.lane(), move |token| Event::Done(perform(&task, &desk, token)));
    }

    fn suspend(&mut self) -> io::Result<()> {
        self.reader.park();
        let back = self.session.suspend();
        self.reader.unpark();
        back?;
        let (width, height) = crossterm::terminal::size()?;
        self.screen.forget();
        self.app.resize(Size { width, height });
        Ok(())
    }

    fn draw(&mut self) -> io::Result<()> {
        if matches!(self.app.screen, ScreenId::Jobs | ScreenId::Import) {
            self.act(Action::Jobs(self.pool.jobs()))?;
        }
        let Size { width, height } = self.app.size;
        let mut frame = Buffer::empty(Rect::new(0, 0, width, height));
        let cursor = ui::draw(&self.app, &mut frame);
        if self.screen.paint(&frame, cursor)? > 0 {
            let (frame, total) = self.screen.bytes();
            self.act(Action::Sent { frame, total })?;
        }
        Ok(())
    }
}
