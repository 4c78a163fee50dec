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

/// Letters that follow each other.
struct Run {
    letters: String,
    /// How many letters, how many of them by a name, and how many atoms.
    said: usize,
    named: usize,
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

    /// Puts letters in place of their names.
    pub(super) fn read(&self, atoms: &[Atom]) -> Vec<Atom> {
        let mut read = Vec::with_capacity(atoms.len());
        let mut at = 0;
        while at < atoms.len() {
            let beside = at.checked_sub(1).is_some_and(|before| atoms[before].digits);
            if let Some(run) = self.longest(&atoms[at..], beside) {
                read.push(Atom::in_place_of(&atoms[at..at + run.atoms], run.letters.into()));
                at += run.atoms;
            } else {
                read.push(atoms[at].clone());
                at += 1;
            }
        }
        read
    }

    /// The letters that these atoms begin with, in the language that reads most of them.
    fn longest(&self, atoms: &[Atom], after_number: bool) -> Option<Run> {
        let runs = self.languages.iter().map(|names| run(names, atoms));
        let believed = runs.filter(|run| {
            let before_number = atoms.get(run.atoms).is_some_and(|next| next.digits);
            let enough = if before_number || after_number { BESIDE_NUMBER } else { ENOUGH };
            // A single letter says itself, and so does a word of the text that is one.
            run.said >= enough && 2 * run.named > run.said
        });
        believed.max_by_key(|run| run.said)
    }
}

fn run(names: &BTreeMap<String, String>, atoms: &[Atom]) -> Run {
    let mut run = Run { letters: String::new(), said: 0, named: 0, atoms: 0 };
    while run.atoms < atoms.len() {
        let rest = &atoms[run.atoms..];
        let named = (1..=MOST_ATOMS.min(rest.len())).rev().find_map(|len| {
            let name: String = rest[..len].iter().map(|atom| atom.text.as_str()).collect();
            let apart = rest.get(len).is_none_or(|next| next.gap != Gap::None);
            Some((names.get(&name).filter(|_| apart)?, len))
        });
        let single = !rest[0].digits && rest[0].text.chars().count() == 1 && rest[0].gap == Gap::Space;
        match named {
            Some((letter, len)) => {
                run.letters.push_str(letter);
                run.named += 1;
                run.atoms += len;
            }
            None if single => {
                run.letters.push_str(&rest[0].text);
                run.atoms += 1;
            }
            None => break,
        }
        run.said += 1;
    }
    run
}

#[cfg(test)]
mod tests {
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
        ] {
            let read = letters.read(&text::atoms(text));
            let words: Vec<&str> = read.iter().map(|atom| atom.text.as_str()).collect();
            assert_eq!(words.join(" "), expected, "of {text:?}");
        }
    }
}
