//! Letters that are said by their names, read as letters: what is dictated says `éfe bê pê 948` for FBP 948, `а ка эм` for AKM.
//!
//! Many names of letters are also words (*de*, *es*, *em*), so that only several in a row are believed: three, or two beside a number. The
//! names are data: `vocabulary/letter-words.toml`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::reference::text::{self, Atom, Gap};

/// So many are believed wherever they stand.
const ENOUGH: usize = 3;
/// So many are believed beside a number.
const BESIDE_NUMBER: usize = 2;
/// Nothing is spelled with more letters.
const MOST_LETTERS: usize = 8;
/// No name of a letter has more atoms.
const MOST_ATOMS: usize = 2;

/// The words file as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "source and licence are required at a file's head, and read by people")]
pub(in crate::reference) struct LettersFile {
    source: String,
    licence: String,
    language: Vec<LanguageRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "the code is read by people")]
struct LanguageRow {
    code: String,
    letters: BTreeMap<String, String>,
}

/// The names of letters.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(in crate::reference) struct Letters {
    /// By language, for a model is spelled in one.
    languages: Vec<BTreeMap<String, String>>,
}

/// Letters that follow each other, and how many atoms say them.
struct Run {
    letters: String,
    atoms: usize,
}

impl Letters {
    pub(in crate::reference) fn new(file: LettersFile) -> Self {
        let by_name = |row: LanguageRow| {
            let names = row.letters.into_iter().flat_map(|(letter, names)| {
                let of_letter = |name: &str| (text::key(name), letter.clone());
                names.split('|').map(of_letter).collect::<Vec<_>>()
            });
            names.collect()
        };
        Self { languages: file.language.into_iter().map(by_name).collect() }
    }

    /// Puts letters in place of their names. `is_function` tells the words that join others: *de* is a letter only among letters.
    pub(super) fn read(&self, text: &str, atoms: &[Atom], is_function: impl Fn(&str) -> bool) -> Vec<Atom> {
        let mut read = Vec::with_capacity(atoms.len());
        let mut at = 0;
        while at < atoms.len() {
            let after_number = at > 0 && atoms[at - 1].digits;
            let runs =
                self.languages.iter().map(|names| run(names, text, &atoms[at..], after_number, &is_function));
            let longest = runs.max_by_key(|run| run.atoms).filter(|run| run.atoms > 0);
            if let Some(run) = longest {
                read.push(Atom::in_place_of(&atoms[at..at + run.atoms], run.letters.into()));
                at += run.atoms;
            } else {
                read.push(atoms[at].clone());
                at += 1;
            }
        }
        read
    }
}

/// The longest run of letters that atoms begin with and that is believed; an empty one where none is.
fn run(
    names: &BTreeMap<String, String>,
    text: &str,
    atoms: &[Atom],
    after_number: bool,
    is_function: impl Fn(&str) -> bool,
) -> Run {
    let mut believed = Run { letters: String::new(), atoms: 0 };
    let mut letters = String::new();
    // How many letters were said, how many of them by a name, how many by one that is no word of running text, and the next atom.
    let (mut said, mut named, mut sure, mut at) = (0, 0, 0, 0);
    while at < atoms.len() && said < MOST_LETTERS && (at == 0 || follows(text, &atoms[at - 1], &atoms[at])) {
        let rest = &atoms[at..];
        let name = (1..=MOST_ATOMS.min(rest.len())).rev().find_map(|len| {
            let name: String = rest[..len].iter().map(|atom| atom.text.as_str()).collect();
            let apart = rest.get(len).is_none_or(|next| next.gap != Gap::None);
            Some((names.get(&name).filter(|_| apart)?, len, name))
        });
        let single = !rest[0].digits && rest[0].text.chars().count() == 1 && rest[0].gap == Gap::Space;
        if let Some((letter, len, name)) = name {
            letters.push_str(letter);
            named += 1;
            sure += usize::from(!is_function(&name));
            at += len;
        } else if single {
            letters.push_str(&rest[0].text);
            at += 1;
        } else {
            break;
        }
        said += 1;
        let beside_number = after_number || atoms.get(at).is_some_and(|next| next.digits);
        let enough = said >= ENOUGH && 2 * sure > said;
        // A single letter says itself; beside a number two names are enough, if one of them is no word of running text.
        if enough || beside_number && said == BESIDE_NUMBER && named == said && sure > 0 {
            believed = Run { letters: letters.clone(), atoms: at };
        }
    }
    believed
}

/// Whether nothing but a space, a hyphen or a point stands between two atoms.
fn follows(text: &str, before: &Atom, after: &Atom) -> bool {
    matches!(text[before.span.end..after.span.start].trim(), "" | "-" | ".")
}

#[cfg(test)]
mod tests {
    use super::super::words::Word;
    use super::*;
    use crate::reference::Reference;

    #[test]
    fn spelled_letters_are_read_and_words_stay() {
        let reference = Reference::shipped().unwrap();
        let letters = &reference.words().letters;
        for (text, expected) in [
            ("pistola metralhadora éfe bê pê 948", "pistola metralhadora fbp 948"),
            ("ci zê 550", "cz 550"),
            ("автомат а ка эм", "avtomat akm"),
            ("em pe 40", "mp 40"),
            ("pistola de la marca", "pistola de la marca"),
            ("revolver de 6 tiros", "revolver de 6 tiros"),
            ("fusil en mal estado", "fusil en mal estado"),
            ("porteur de ce 9 mm", "porteur de ce 9 mm"),
            ("calibre 9. En el vehículo", "calibre 9 en el vehiculo"),
            ("éfe bê pê x y z w", "fbp x y z w"),
        ] {
            let is_function = |word: &str| matches!(reference.words().word(word), Some(Word::Function));
            let read = letters.read(text, &text::atoms(text), is_function);
            let words: Vec<&str> = read.iter().map(|atom| atom.text.as_str()).collect();
            assert_eq!(words.join(" "), expected, "of {text:?}");
        }
    }
}
