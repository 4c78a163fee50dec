//! The thread that reads the keyboard, and what crossterm's events mean to the application.
//!
//! It can be parked: when another program has the terminal, or when something asks the terminal a question and reads the answer.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::time::Duration;

use crossterm::event::{self, Event, KeyEventKind, KeyModifiers};

use crate::app::Size;
use crate::app::key::{Key, KeyCode};

/// What came from the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key.
    Key(Key),
    /// Pasted text.
    Paste(String),
    /// Another size.
    Resize(Size),
    /// The terminal is gone.
    Gone,
}

/// How long the reader waits before it looks whether it should park.
const PARK_CHECK: Duration = Duration::from_millis(50);

/// The reader's switch.
#[derive(Debug, Clone, Default)]
pub struct Reader(Arc<State>);

#[derive(Debug, Default)]
struct State {
    park: AtomicBool,
    is_parked: AtomicBool,
    stop: AtomicBool,
}

impl Reader {
    /// Starts to read; what comes goes to the sender.
    pub fn start<M: Send + 'static>(&self, to: Sender<M>, wrap: fn(Input) -> M) -> io::Result<()> {
        let state = Arc::clone(&self.0);
        std::thread::Builder::new().name("input".to_owned()).spawn(move || read(&state, &to, wrap))?;
        Ok(())
    }

    /// Stops reading, and returns when the reader has let go of the terminal.
    pub fn park(&self) {
        self.0.park.store(true, Ordering::SeqCst);
        while !self.0.is_parked.load(Ordering::SeqCst) && !self.0.stop.load(Ordering::SeqCst) {
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Reads again.
    pub fn unpark(&self) {
        self.0.park.store(false, Ordering::SeqCst);
    }

    /// Ends the thread.
    pub fn stop(&self) {
        self.0.stop.store(true, Ordering::SeqCst);
    }
}

fn read<M>(state: &State, to: &Sender<M>, wrap: fn(Input) -> M) {
    while !state.stop.load(Ordering::SeqCst) {
        let parked = state.park.load(Ordering::SeqCst);
        state.is_parked.store(parked, Ordering::SeqCst);
        if parked {
            std::thread::sleep(Duration::from_millis(5));
            continue;
        }
        let input = match event::poll(PARK_CHECK) {
            Ok(false) => continue,
            Ok(true) => event::read(),
            Err(fault) => Err(fault),
        };
        let input = match input {
            Ok(event) => translate(event),
            Err(fault) if fault.kind() == io::ErrorKind::Interrupted => continue,
            Err(_) => Some(Input::Gone),
        };
        let Some(input) = input else { continue };
        let gone = input == Input::Gone;
        if to.send(wrap(input)).is_err() || gone {
            state.stop.store(true, Ordering::SeqCst);
        }
    }
}

/// What an event means; `None` for those the application has no use for.
fn translate(event: Event) -> Option<Input> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => translate_key(key).map(Input::Key),
        Event::Paste(text) => Some(Input::Paste(text)),
        Event::Resize(width, height) => Some(Input::Resize(Size { width, height })),
        _ => None,
    }
}

fn translate_key(key: event::KeyEvent) -> Option<Key> {
    let held = |modifier| key.modifiers.contains(modifier);
    let mut shift = held(KeyModifiers::SHIFT);
    let code = match key.code {
        event::KeyCode::Char(character) => {
            // Shift is in the character already.
            shift = false;
            KeyCode::Char(character)
        }
        event::KeyCode::Enter => KeyCode::Enter,
        event::KeyCode::Esc => KeyCode::Esc,
        event::KeyCode::Tab => KeyCode::Tab,
        event::KeyCode::BackTab => {
            shift = true;
            KeyCode::Tab
        }
        event::KeyCode::Backspace => KeyCode::Backspace,
        event::KeyCode::Delete => KeyCode::Delete,
        event::KeyCode::Insert => KeyCode::Insert,
        event::KeyCode::Up => KeyCode::Up,
        event::KeyCode::Down => KeyCode::Down,
        event::KeyCode::Left => KeyCode::Left,
        event::KeyCode::Right => KeyCode::Right,
        event::KeyCode::Home => KeyCode::Home,
        event::KeyCode::End => KeyCode::End,
        event::KeyCode::PageUp => KeyCode::PageUp,
        event::KeyCode::PageDown => KeyCode::PageDown,
        event::KeyCode::F(number) => KeyCode::F(number),
        _ => return None,
    };
    Some(Key { code, ctrl: held(KeyModifiers::CONTROL), alt: held(KeyModifiers::ALT), shift })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_keep_what_was_held_and_shift_is_in_the_character() {
        let cases = [
            (event::KeyCode::Char('G'), KeyModifiers::SHIFT, "G"),
            (event::KeyCode::Char('s'), KeyModifiers::CONTROL, "<c-s>"),
            (event::KeyCode::BackTab, KeyModifiers::SHIFT, "<s-tab>"),
            (event::KeyCode::Left, KeyModifiers::CONTROL | KeyModifiers::SHIFT, "<c-s-left>"),
        ];
        for (code, held, expected) in cases {
            let key = translate_key(event::KeyEvent::new(code, held)).unwrap();
            assert_eq!(key.to_string(), expected);
        }
    }
}
