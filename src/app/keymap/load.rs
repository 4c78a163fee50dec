//! Reading keymap files, and saying exactly what is wrong with one.

use serde::Deserialize;
use toml::Spanned;

use super::Keymap;
use super::trie::Clash;
use crate::app::command;
use crate::app::context::{Context, Place};
use crate::app::key::{Key, parse_script};
use crate::app::screen::ScreenId;
use crate::locale::Message;

/// The keymaps that come with the program.
pub const PRESETS: &[(&str, &str)] = &[
    ("default", include_str!("../../../keymaps/default.toml")),
    ("vim", include_str!("../../../keymaps/vim.toml")),
    ("emacs", include_str!("../../../keymaps/emacs.toml")),
];

/// What is wrong with a keymap file, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file} line {line}: {what} `{key}`")]
pub struct KeymapFault {
    /// The file's name.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong: ends the key of the sentence (`keymap-fault-…`).
    pub what: &'static str,
    /// The word in the file it is about.
    pub key: String,
}

impl KeymapFault {
    /// The sentence that the person reads.
    pub fn message(&self) -> Message {
        Message::new(format!("keymap-fault-{}", self.what))
            .with("file", self.file.as_str())
            .with("line", self.line)
            .with("key", self.key.as_str())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Binding {
    on: Spanned<On>,
    run: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum On {
    One(String),
    Many(Vec<String>),
}

/// Reads a keymap, laid over the one it inherits (`inherits = "vim"`; the default unless it says another or `none`).
pub fn load(file: &str, source: &str) -> Result<Keymap, KeymapFault> {
    read(file, source, 0)
}

fn read(file: &str, source: &str, depth: usize) -> Result<Keymap, KeymapFault> {
    let reader = Reader { file, source };
    let table = toml::de::DeTable::parse(source).map_err(|fault| reader.syntax(&fault))?;
    let mut keymap = Keymap::default();
    let mut parent = if depth == 0 && file != "default" { "default" } else { "none" }.to_owned();
    let mut own = Keymap::default();
    for (name, value) in table.into_inner() {
        let at = name.span().start;
        if name.get_ref() == "inherits" {
            value.get_ref().as_str().unwrap_or_default().clone_into(&mut parent);
            if parent != "none" && (depth > 4 || preset(&parent).is_none()) {
                return Err(reader.fault(at, "inherits", &parent));
            }
            continue;
        }
        let context =
            Context::from_id(name.get_ref()).ok_or_else(|| reader.fault(at, "section", name.get_ref()))?;
        let toml::de::DeValue::Table(sections) = value.into_inner() else {
            return Err(reader.fault(at, "section", name.get_ref()));
        };
        for (key, value) in sections {
            let at = key.span().start;
            if key.get_ref() == "keymap" {
                reader.section(&mut own, Place { context, screen: None }, value)?;
                continue;
            }
            let screen =
                ScreenId::from_id(key.get_ref()).ok_or_else(|| reader.fault(at, "section", key.get_ref()))?;
            let toml::de::DeValue::Table(refined) = value.into_inner() else {
                return Err(reader.fault(at, "section", key.get_ref()));
            };
            for (key, value) in refined {
                if key.get_ref() != "keymap" {
                    return Err(reader.fault(key.span().start, "section", key.get_ref()));
                }
                reader.section(&mut own, Place { context, screen: Some(screen) }, value)?;
            }
        }
    }
    if let Some(source) = preset(&parent) {
        keymap = read(&parent, source, depth + 1)?;
    }
    for (place, trie) in &own.sections {
        keymap.section(*place).overlay(trie);
    }
    Ok(keymap)
}

fn preset(name: &str) -> Option<&'static str> {
    PRESETS.iter().find(|(known, _)| *known == name).map(|(_, source)| *source)
}

struct Reader<'a> {
    file: &'a str,
    source: &'a str,
}

impl Reader<'_> {
    fn section(
        &self,
        keymap: &mut Keymap,
        place: Place,
        value: Spanned<toml::de::DeValue<'_>>,
    ) -> Result<(), KeymapFault> {
        let at = value.span().start;
        let toml::de::DeValue::Array(list) = value.into_inner() else {
            return Err(self.fault(at, "list", "keymap"));
        };
        for item in list {
            let at = item.span().start;
            let binding = Binding::deserialize(toml::de::ValueDeserializer::from(item)).map_err(|fault| {
                self.fault(fault.span().map_or(at, |span| span.start), "binding", fault.message())
            })?;
            self.bind(keymap, place, &binding)?;
        }
        Ok(())
    }

    fn bind(&self, keymap: &mut Keymap, place: Place, binding: &Binding) -> Result<(), KeymapFault> {
        let at = binding.on.span().start;
        let written = match binding.on.get_ref() {
            On::One(key) => std::slice::from_ref(key),
            On::Many(keys) => keys,
        };
        let mut keys: Vec<Key> = Vec::new();
        for text in written {
            keys.extend(parse_script(text).map_err(|fault| self.fault(at, "key", &fault.0))?);
        }
        let whole: String = keys.iter().map(Key::to_string).collect();
        if keys.is_empty() {
            return Err(self.fault(at, "key", &whole));
        }
        let name = binding.run.get_ref();
        let command = match name.as_str() {
            "none" => None,
            name => Some(
                command::find(name)
                    .ok_or_else(|| self.fault(binding.run.span().start, "command", name))?
                    .name,
            ),
        };
        keymap.section(place).bind(&keys, command).map_err(|clash| {
            let what = match clash {
                Clash::Duplicate => "duplicate",
                Clash::Prefix => "prefix",
            };
            self.fault(at, what, &whole)
        })
    }

    fn syntax(&self, fault: &toml::de::Error) -> KeymapFault {
        self.fault(fault.span().map_or(0, |span| span.start), "syntax", fault.message())
    }

    fn fault(&self, at: usize, what: &'static str, key: &str) -> KeymapFault {
        let line = 1 + self.source.bytes().take(at).filter(|byte| *byte == b'\n').count();
        KeymapFault { file: self.file.to_owned(), line, what, key: key.to_owned() }
    }
}
