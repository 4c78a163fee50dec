//! Reading theme files: a palette, scopes, inheritance; and saying exactly what is wrong with one.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Colour, Look, Scope, Theme};
use crate::locale::Message;

/// The themes that come with the program; the first is the default.
pub const PRESETS: &[(&str, &str)] = &[
    ("ansi16", include_str!("../../../themes/ansi16.toml")),
    ("mono", include_str!("../../../themes/mono.toml")),
    ("dark", include_str!("../../../themes/dark.toml")),
    ("light", include_str!("../../../themes/light.toml")),
    ("high-contrast", include_str!("../../../themes/high-contrast.toml")),
];

const ANSI: [&str; 16] = [
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "white",
    "bright-black",
    "bright-red",
    "bright-green",
    "bright-yellow",
    "bright-blue",
    "bright-magenta",
    "bright-cyan",
    "bright-white",
];

/// What is wrong with a theme file, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file} line {line}: {what} `{key}`")]
pub struct ThemeFault {
    /// The file's name.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong: ends the key of the sentence (`theme-fault-…`).
    pub what: &'static str,
    /// The word in the file it is about.
    pub key: String,
}

impl ThemeFault {
    /// The sentence that the person reads.
    pub fn message(&self) -> Message {
        Message::new(format!("theme-fault-{}", self.what))
            .with("file", self.file.as_str())
            .with("line", self.line)
            .with("key", self.key.as_str())
    }
}

/// Reads a theme, laid over the one it inherits.
pub fn load(file: &str, source: &str) -> Result<Theme, ThemeFault> {
    let named = read(file, source, 0)?;
    let looks = Scope::ALL.iter().map(|scope| resolve(&named, scope.id())).collect();
    Ok(Theme { looks, colourless: false })
}

/// The look of the longest beginning of the scope that is named; `text` where none is.
fn resolve(named: &BTreeMap<String, Look>, scope: &str) -> Look {
    let mut name = scope;
    loop {
        if let Some(look) = named.get(name) {
            return *look;
        }
        match name.rsplit_once('.') {
            Some((beginning, _)) => name = beginning,
            None => return named.get("text").copied().unwrap_or_default(),
        }
    }
}

fn read(file: &str, source: &str, depth: usize) -> Result<BTreeMap<String, Look>, ThemeFault> {
    let reader = Reader { file, source };
    let table = DeTable::parse(source)
        .map_err(|fault| reader.fault(fault.span().map_or(0, |span| span.start), "syntax", fault.message()))?
        .into_inner();
    let mut named = BTreeMap::new();
    let mut palette = BTreeMap::new();
    for (key, value) in &table {
        let at = key.span().start;
        match (key.get_ref().as_ref(), value.get_ref()) {
            ("inherits", DeValue::String(parent)) => {
                let preset = PRESETS.iter().find(|(name, _)| *name == parent.as_ref() && depth < 5);
                let (name, source) = preset.ok_or_else(|| reader.fault(at, "inherits", parent))?;
                named = read(name, source, depth + 1)?;
            }
            ("palette", DeValue::Table(colours)) => {
                for (name, colour) in colours {
                    let at = colour.span().start;
                    let written = colour.get_ref().as_str().unwrap_or_default();
                    let colour = parse_colour(written).ok_or_else(|| reader.fault(at, "colour", written))?;
                    palette.insert(name.get_ref().to_string(), colour);
                }
            }
            _ => {}
        }
    }
    for (key, value) in &table {
        let name = key.get_ref().as_ref();
        if matches!(name, "inherits" | "palette") {
            continue;
        }
        let known = Scope::ALL.iter().any(|scope| {
            scope.id() == name || scope.id().strip_prefix(name).is_some_and(|rest| rest.starts_with('.'))
        });
        if !known {
            return Err(reader.fault(key.span().start, "scope", name));
        }
        named.insert(name.to_owned(), reader.look(value, &palette)?);
    }
    Ok(named)
}

struct Reader<'a> {
    file: &'a str,
    source: &'a str,
}

impl Reader<'_> {
    fn look(
        &self,
        value: &Spanned<DeValue<'_>>,
        palette: &BTreeMap<String, Colour>,
    ) -> Result<Look, ThemeFault> {
        let at = value.span().start;
        let colour = |at: usize, written: &str| {
            let known = palette.get(written).copied().or_else(|| parse_colour(written));
            known.ok_or_else(|| self.fault(at, "colour", written))
        };
        let table = match value.get_ref() {
            DeValue::String(written) => {
                return Ok(Look { fg: Some(colour(at, written)?), ..Look::default() });
            }
            DeValue::Table(table) => table,
            _ => return Err(self.fault(at, "look", "")),
        };
        let mut look = Look::default();
        for (key, value) in table {
            let at = value.span().start;
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("fg", DeValue::String(written)) => look.fg = Some(colour(at, written)?),
                ("bg", DeValue::String(written)) => look.bg = Some(colour(at, written)?),
                ("modifiers", DeValue::Array(list)) => {
                    for item in list {
                        self.modify(&mut look, item)?;
                    }
                }
                (other, _) => return Err(self.fault(key.span().start, "look", other)),
            }
        }
        Ok(look)
    }

    fn modify(&self, look: &mut Look, item: &Spanned<DeValue<'_>>) -> Result<(), ThemeFault> {
        let name = item.get_ref().as_str().unwrap_or_default();
        match name {
            "bold" => look.bold = true,
            "dim" => look.dim = true,
            "italic" => look.italic = true,
            "underlined" => look.underlined = true,
            "reversed" => look.reversed = true,
            other => return Err(self.fault(item.span().start, "modifier", other)),
        }
        Ok(())
    }

    fn fault(&self, at: usize, what: &'static str, key: &str) -> ThemeFault {
        let line = 1 + self.source.bytes().take(at).filter(|byte| *byte == b'\n').count();
        ThemeFault { file: self.file.to_owned(), line, what, key: key.to_owned() }
    }
}

/// A colour's name (`red`, `bright-blue`), its number (`244`) or its parts (`#ff8800`).
fn parse_colour(written: &str) -> Option<Colour> {
    if let Some(place) = ANSI.iter().position(|name| *name == written) {
        return u8::try_from(place).ok().map(Colour::Ansi);
    }
    if let Some(hex) = written.strip_prefix('#').filter(|hex| hex.len() == 6 && hex.is_ascii()) {
        let parts = u32::from_str_radix(hex, 16).ok()?;
        let [_, red, green, blue] = parts.to_be_bytes();
        return Some(Colour::Rgb(red, green, blue));
    }
    written.parse().ok().map(Colour::Indexed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scope_falls_back_to_its_beginning() {
        let theme =
            load("t", "grade = \"red\"\n\"grade.exact\" = { fg = \"x\" }\n[palette]\nx = \"#102030\"")
                .unwrap();
        assert_eq!(theme.look(Scope::GradeExact).fg, Some(Colour::Rgb(16, 32, 48)));
        assert_eq!(theme.look(Scope::GradeStrong).fg, Some(Colour::Ansi(1)));
        assert_eq!(theme.look(Scope::Focus), Look::default());
    }

    #[test]
    fn fault_names_the_line_and_the_word() {
        let cases = [
            ("\n\nnonsense = \"red\"", 3, "scope", "nonsense"),
            ("text = \"redd\"", 1, "colour", "redd"),
            ("text = { fg = \"red\", modifiers = [\"blink\"] }", 1, "modifier", "blink"),
            ("inherits = \"none-such\"", 1, "inherits", "none-such"),
        ];
        for (source, line, what, key) in cases {
            let fault = load("mine.toml", source).unwrap_err();
            assert_eq!((fault.line, fault.what, fault.key.as_str()), (line, what, key), "{source}");
        }
    }
}
