//! How long a person waits: from a key to its frame while records are being added, and from the start to the first frame.
//!
//! ```sh
//! HEADSTAMP_BENCH_ADD=2000000 cargo bench --bench screen
//! HEADSTAMP_BENCH_WORKSPACE=/tmp/two-million cargo bench --bench screen
//! ```
//!
//! The first adds so many records to a workspace in a temporary folder (`TMPDIR`), by a job of the pool that the screens use,
//! while keys come in twenty times a second; it runs the same update, drawing and painting as `term::run`, into memory. The second
//! starts the real program in a pseudo-terminal and watches what it sends.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use headstamp::app::key::{Key, parse_script};
use headstamp::app::{Action, App, Effect, Session, Settings, Size, perform, update};
use headstamp::desk::demo::{demo_now, demo_office, demo_officer, demo_opening, records};
use headstamp::desk::{Desk, Opening};
use headstamp::jobs::{Lane, Pool};
use headstamp::locale::{Locale, Message};
use headstamp::term::Screen;
use headstamp::ui;
use jiff::Timestamp;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// What is typed, again and again: a search in the list, its rows, a search in the reference, a check that is not run.
const SCRIPT: &str = "gl/zastava m70 stolen<enter><down><down><down><pgdn><up><esc>\
    grglock 17<enter><down><down><down><esc>gh<down><up>gj<down><down><pgdn>cC48113<tab>zastava<esc><esc>";

/// Between two keys: a quick typist's rate.
const BETWEEN_KEYS: Duration = Duration::from_millis(50);

/// How many records are added in one write.
const AT_A_TIME: usize = 1_000;

/// How often the program is started.
const STARTS: usize = 20;

/// How long a start may take before the bench gives up.
const PATIENCE: Duration = Duration::from_secs(120);

fn main() {
    let add = std::env::var("HEADSTAMP_BENCH_ADD").ok().and_then(|text| text.parse::<usize>().ok());
    let workspace = std::env::var_os("HEADSTAMP_BENCH_WORKSPACE").map(PathBuf::from);
    if let Some(count) = add {
        typing_while_adding(count);
    }
    if let Some(folder) = &workspace {
        first_frame(folder);
    }
    if add.is_none() && workspace.is_none() {
        println!(
            "screen: not run, neither HEADSTAMP_BENCH_ADD nor HEADSTAMP_BENCH_WORKSPACE is set (see its head)"
        );
    }
}

enum Event {
    Key(Key, Instant),
    Done(Action),
    Added,
}

fn typing_while_adding(count: usize) {
    let folder = tempfile::tempdir().unwrap();
    let workspace = folder.path().join("workspace");
    Desk::create(&workspace, &demo_office(), &demo_officer()).unwrap();
    let opening = Opening { clock: demo_opening(&workspace).clock, ..Opening::new(&workspace) };
    let (desk, _) = Desk::open(opening).unwrap();
    let desk = Arc::new(desk);
    let mut source = records(17, AT_A_TIME + count);
    desk.take_over(source.by_ref().take(AT_A_TIME).collect(), "measuring").unwrap();
    let quiet = session(&desk, |_, sender| {
        std::thread::sleep(Duration::from_secs(20));
        sender.send(Event::Added).unwrap();
    });
    tell("key to frame, nothing else going on", quiet);

    let begun = Instant::now();
    let busy = session(&desk, move |desk, sender| {
        loop {
            let batch: Vec<_> = source.by_ref().take(AT_A_TIME).collect();
            if batch.is_empty() {
                break;
            }
            desk.take_over(batch, "measuring").unwrap();
        }
        sender.send(Event::Added).unwrap();
    });
    let took = begun.elapsed().as_secs_f64();
    tell(&format!("key to frame while {count} records are added"), busy);
    desk.finish().unwrap();
    let whole = begun.elapsed().as_secs_f64();
    println!(
        "added {count} in {took:.1} s, {:.0} a second; with the index to its end {whole:.1} s, {:.0} a second",
        count as f64 / took,
        count as f64 / whole
    );
}

/// Types until the work is done; how long each key waited for its frame.
fn session(desk: &Arc<Desk>, work: impl FnOnce(&Desk, Sender<Event>) + Send + 'static) -> Vec<Duration> {
    let (sender, receiver) = channel();
    let sink = sender.clone();
    let pool = Pool::new(3, move |event| drop(sink.send(event)), broken).unwrap();
    let (job_desk, done) = (Arc::clone(desk), sender.clone());
    pool.submit("job-write", Lane::Ordered, move |_| {
        work(&job_desk, done);
        Event::Done(Action::Tick(Timestamp::now()))
    });
    let stop = Arc::new(AtomicBool::new(false));
    let typist = std::thread::spawn({
        let stop = Arc::clone(&stop);
        move || type_keys(&sender, &stop)
    });
    let waits = answer(&receiver, &pool, desk);
    stop.store(true, Ordering::Relaxed);
    typist.join().unwrap();
    waits
}

fn broken(name: &'static str, what: String) -> Event {
    Event::Done(Action::Broken(Message::new("error-job-broken").with("job", name).with("what", what)))
}

fn type_keys(to: &Sender<Event>, stop: &AtomicBool) {
    for key in parse_script(SCRIPT).unwrap().iter().cycle() {
        if stop.load(Ordering::Relaxed) || to.send(Event::Key(*key, Instant::now())).is_err() {
            return;
        }
        std::thread::sleep(BETWEEN_KEYS);
    }
}

/// The loop of `term::run`: wait, take everything that waits, draw once.
fn answer(events: &Receiver<Event>, pool: &Pool<Event>, desk: &Arc<Desk>) -> Vec<Duration> {
    let session = Session {
        office: "NCB Madrid (ES)".into(),
        officer: "J. Ortega".into(),
        demo: true,
        read_only: false,
    };
    let mut app = App::new(Arc::new(Locale::english()), Settings::default(), session, demo_now());
    let mut screen = Screen::new(Vec::new());
    let act = |app: &mut App, action| {
        for effect in update(app, action) {
            if let Effect::Run(task) = effect {
                let desk = Arc::clone(desk);
                pool.submit(task.name(), task.lane(), move |token| Event::Done(perform(&task, &desk, token)));
            }
        }
    };
    act(&mut app, Action::Resize(Size { width: 120, height: 40 }));
    act(&mut app, Action::Opened(Ok(Vec::new())));
    let mut waits = Vec::new();
    let mut over = false;
    while !over {
        let Ok(first) = events.recv() else { return waits };
        act(&mut app, Action::Tick(Timestamp::now()));
        let mut pressed = Vec::new();
        for event in std::iter::once(first).chain(events.try_iter()) {
            match event {
                Event::Key(key, at) => {
                    pressed.push(at);
                    act(&mut app, Action::Key(key));
                }
                Event::Done(action) => act(&mut app, action),
                Event::Added => over = true,
            }
        }
        let mut frame = Buffer::empty(Rect::new(0, 0, app.size.width, app.size.height));
        let cursor = ui::draw(&app, &mut frame);
        screen.paint(&frame, cursor).unwrap();
        waits.extend(pressed.iter().map(Instant::elapsed));
    }
    waits
}

fn first_frame(folder: &Path) {
    let starts: Vec<(Duration, Duration)> = (0..STARTS).map(|_| start(folder)).collect();
    tell("start to first frame", starts.iter().map(|(frame, _)| *frame).collect());
    tell("start to records on the screen", starts.iter().map(|(_, records)| *records).collect());
}

/// Starts the program in a pseudo-terminal; when its name was painted, and when the count of records was.
fn start(folder: &Path) -> (Duration, Duration) {
    let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).unwrap();
    let config = tempfile::tempdir().unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_headstamp"));
    command.args(["--workspace".as_ref(), folder.as_os_str()]);
    command.env("TERM", "xterm-256color");
    command.env("HEADSTAMP_CONFIG", config.path());
    let begun = Instant::now();
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader().unwrap();
    let mut writer = pair.master.take_writer().unwrap();
    let seen = Arc::new(Mutex::new((None, None)));
    let told = Arc::clone(&seen);
    let watcher = std::thread::spawn(move || {
        let mut screen = vt100::Parser::new(24, 80, 0);
        let mut bytes = [0; 8_192];
        while let Ok(count @ 1..) = reader.read(&mut bytes) {
            screen.process(&bytes[..count]);
            let text = screen.screen().contents();
            let mut seen = told.lock().unwrap();
            if seen.0.is_none() && text.contains("Headstamp") {
                seen.0 = Some(begun.elapsed());
            }
            // "1,998,967 records" in the foot, not the hint that a key leads to the records.
            let mut words = text.split(' ').zip(text.split(' ').skip(1));
            let counted =
                words.any(|(count, word)| word == "records" && count.ends_with(|c: char| c.is_ascii_digit()));
            if seen.1.is_none() && counted {
                seen.1 = Some(begun.elapsed());
            }
        }
    });
    while seen.lock().unwrap().1.is_none() {
        assert!(begun.elapsed() < PATIENCE, "the count of records was never shown");
        std::thread::sleep(Duration::from_millis(2));
    }
    writer.write_all(b"q").unwrap();
    child.wait().unwrap();
    drop((writer, pair.master));
    watcher.join().unwrap();
    let seen = *seen.lock().unwrap();
    (seen.0.unwrap(), seen.1.unwrap())
}

fn tell(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    let [half, most, all] = [at(0.5), at(0.99), at(1.0)];
    println!("{what:<44} p50 {half:>8.2} ms  p99 {most:>8.2} ms  max {all:>8.2} ms  (n {})", times.len());
}
