//! Keys as the application knows them, and how they are written: `g`, `G`, `<c-s>`, `<a-x>`, `<s-tab>`, `<enter>`, `<f2>`, `<lt>`.
//!
//! The same writing serves the keymap files, the hints on the screen and the scripts of the tests.

/// What was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyCode {
    /// A character as typed, with shift already in it.
    Char(char),
    /// Return.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Insert.
    Insert,
    /// Cursor up.
    Up,
    /// Cursor down.
    Down,
    /// Cursor left.
    Left,
    /// Cursor right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// A function key, from 1.
    F(u8),
}

/// A key with what was held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// What was pressed.
    pub code: KeyCode,
    /// Whether Control was held.
    pub ctrl: bool,
    /// Whether Alt was held.
    pub alt: bool,
    /// Whether Shift was held, for keys that are no characters.
    pub shift: bool,
}

/// The writing names no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a key: write g, G, <c-s>, <a-x>, <s-tab>, <enter>, <esc>, <f2>, <space> or <lt>")]
pub struct BadKey(pub String);

const NAMES: &[(&str, KeyCode)] = &[
    ("enter", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("tab", KeyCode::Tab),
    ("backspace", KeyCode::Backspace),
    ("del", KeyCode::Delete),
    ("ins", KeyCode::Insert),
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("pgup", KeyCode::PageUp),
    ("pgdn", KeyCode::PageDown),
    ("space", KeyCode::Char(' ')),
    ("lt", KeyCode::Char('<')),
    ("gt", KeyCode::Char('>')),
];

impl Key {
    /// A key with nothing held.
    pub const fn plain(code: KeyCode) -> Self {
        Self { code, ctrl: false, alt: false, shift: false }
    }

    /// A character with Control.
    pub const fn ctrl(character: char) -> Self {
        Self { code: KeyCode::Char(character), ctrl: true, alt: false, shift: false }
    }

    /// The character it types, where it types one.
    pub const fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(character) if !self.ctrl && !self.alt => Some(character),
            _ => None,
        }
    }

    /// How people are told of it: `Ctrl-S`, `Enter`, `g`. Key caps are written alike in all languages of the product.
    pub fn label(self) -> String {
        let name = match self.code {
            KeyCode::Char(' ') => "Space".to_owned(),
            KeyCode::Char(c) if self.ctrl || self.alt => c.to_uppercase().to_string(),
            KeyCode::Char(c) => c.to_string(),
            KeyCode::Up => "↑".to_owned(),
            KeyCode::Down => "↓".to_owned(),
            KeyCode::Left => "←".to_owned(),
            KeyCode::Right => "→".to_owned(),
            KeyCode::F(number) => format!("F{number}"),
            KeyCode::Enter => "Enter".to_owned(),
            KeyCode::Esc => "Esc".to_owned(),
            KeyCode::Tab => "Tab".to_owned(),
            KeyCode::Backspace => "Backspace".to_owned(),
            KeyCode::Delete => "Del".to_owned(),
            KeyCode::Insert => "Ins".to_owned(),
            KeyCode::Home => "Home".to_owned(),
            KeyCode::End => "End".to_owned(),
            KeyCode::PageUp => "PgUp".to_owned(),
            KeyCode::PageDown => "PgDn".to_owned(),
        };
        let held = [(self.ctrl, "Ctrl-"), (self.alt, "Alt-"), (self.shift, "Shift-")];
        let held: String = held.iter().filter(|(held, _)| *held).map(|(_, name)| *name).collect();
        held + &name
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let name = match self.code {
            KeyCode::Char(' ') => "space".to_owned(),
            KeyCode::Char('<') => "lt".to_owned(),
            // Without anything held `>` stands for itself.
            KeyCode::Char('>') if self.ctrl || self.alt => "gt".to_owned(),
            KeyCode::Char(c) if !self.ctrl && !self.alt => return write!(f, "{c}"),
            KeyCode::Char(c) => c.to_string(),
            KeyCode::F(number) => format!("f{number}"),
            code => NAMES.iter().find(|(_, named)| *named == code).map_or("", |(name, _)| name).to_owned(),
        };
        let held = [(self.ctrl, "c-"), (self.alt, "a-"), (self.shift, "s-")];
        let held: String = held.iter().filter(|(held, _)| *held).map(|(_, name)| *name).collect();
        write!(f, "<{held}{name}>")
    }
}

impl std::str::FromStr for Key {
    type Err = BadKey;

    fn from_str(text: &str) -> Result<Self, BadKey> {
        match parse_script(text)?.as_slice() {
            [key] => Ok(*key),
            _ => Err(bad(text)),
        }
    }
}

/// Reads keys written one after the other: `/scorpion<enter>r`.
pub fn parse_script(script: &str) -> Result<Vec<Key>, BadKey> {
    let mut keys = Vec::new();
    let mut rest = script;
    while let Some(first) = rest.chars().next() {
        if first != '<' {
            keys.push(Key::plain(KeyCode::Char(first)));
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
            continue;
        }
        let (name, after) = rest.get(1..).and_then(|rest| rest.split_once('>')).ok_or_else(|| bad(script))?;
        keys.push(parse_name(name).ok_or_else(|| bad(name))?);
        rest = after;
    }
    Ok(keys)
}

fn parse_name(name: &str) -> Option<Key> {
    let mut key = Key::plain(KeyCode::Esc);
    let mut rest = name;
    loop {
        let lower = rest.to_ascii_lowercase();
        let held = match lower.as_str() {
            held if held.starts_with("c-") => &mut key.ctrl,
            held if held.starts_with("a-") => &mut key.alt,
            held if held.starts_with("s-") => &mut key.shift,
            _ => break,
        };
        *held = true;
        rest = rest.get(2..)?;
    }
    let lower = rest.to_ascii_lowercase();
    key.code = match NAMES.iter().find(|(known, _)| *known == lower) {
        Some((_, code)) => *code,
        None => match lower.strip_prefix('f').and_then(|number| number.parse().ok()) {
            Some(number @ 1..=24) => KeyCode::F(number),
            _ => KeyCode::Char(single(rest)?),
        },
    };
    Some(key)
}

fn single(text: &str) -> Option<char> {
    let mut characters = text.chars();
    characters.next().filter(|_| characters.next().is_none())
}

fn bad(text: &str) -> BadKey {
    BadKey(text.chars().take(40).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_keys_are_read_back() {
        for text in [
            "g",
            "G",
            "?",
            "<lt>",
            "<space>",
            "<c-s>",
            "<a-x>",
            "<s-tab>",
            "<enter>",
            "<f12>",
            "<c-a-left>",
            "<a-gt>",
            ">",
            "é",
        ] {
            let key: Key = text.parse().unwrap_or_else(|fault| panic!("{fault}"));
            assert_eq!(key.to_string(), text);
        }
    }

    #[test]
    fn names_that_are_no_key_are_refused() {
        for text in ["", "<", "<enterr>", "gg", "<f99>", "<c->"] {
            assert!(text.parse::<Key>().is_err(), "{text} was taken for a key");
        }
    }

    #[test]
    fn script_is_read_key_by_key() {
        let keys = parse_script("/a<enter><c-c>").unwrap();
        let labels: Vec<String> = keys.into_iter().map(Key::label).collect();
        assert_eq!(labels, ["/", "a", "Enter", "Ctrl-C"]);
    }
}
