//! Meeting the text with a field's vocabulary: which runs of its words may mean which terms, and how surely.

use std::collections::HashMap;

use crate::reference::text::Gap;

use super::index::Index;
use super::lexicon::Near;
use super::names::{Edge, Edges, Names};
use super::query::Query;

/// How many terms an unfinished word may stand for.
const BEGINNINGS: usize = 48;
/// How surely a word that may stand for another does.
const SYNONYM: f32 = 0.9;
/// How surely a word that no name has is Cyrillic read as Latin.
const STAMPED: f32 = 0.85;
/// In a text of more words a plain word that is not known sounds like some name sooner or later: what part is left of how surely.
const SHORT_SENTENCE: usize = 14;
const IN_A_SENTENCE: f32 = 0.8;
/// In a text of more words, typing errors are looked for only in words that are otherwise unknown.
const SHORT_TEXT: usize = 8;

/// Which names are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// Those of makes, which are also shortened: `Rem`, `Barr`.
    Make,
    /// Those of models.
    Model,
}

/// A run of the text's atoms.
struct Run<'a> {
    start: usize,
    len: usize,
    joined: &'a str,
}

/// Every run of the text that meets a term of the field.
pub(super) fn edges(index: &Index, names: &Names, query: &Query, field: Field) -> Edges {
    let mut edges: Edges = HashMap::new();
    for start in 0..query.atoms.len() {
        let mut joined = String::new();
        for len in 1..=4.min(query.atoms.len() - start) {
            joined.push_str(&query.atoms[start + len - 1].text);
            let roles = &query.roles[start..start + len];
            let mean = roles.iter().sum::<f32>() / len as f32;
            let role = roles.iter().copied().fold(0.0, f32::max).min(mean * 1.5);
            if role <= 0.0 {
                continue;
            }
            let run = Run { start, len, joined: &joined };
            for near in meanings(index, names, query, field, &run, role) {
                let edge = Edge { start: start as u16, len: len as u16, quality: near.quality, role };
                edges.entry(near.term).or_default().push(edge);
            }
        }
    }
    edges
}

/// The terms that a run may mean.
fn meanings(
    index: &Index,
    names: &Names,
    query: &Query,
    field: Field,
    run: &Run<'_>,
    role: f32,
) -> Vec<Near> {
    let lexicon = &names.lexicon;
    let atoms = &query.atoms[run.start..run.start + run.len];
    let exact = lexicon.exact(run.joined);
    let mut found: Vec<Near> = exact.into_iter().map(|term| Near { term, quality: 1.0 }).collect();
    if run.len == 1 {
        let synonyms = index.reference.words().synonyms(run.joined).iter();
        let terms = synonyms.filter_map(|synonym| lexicon.exact(synonym));
        found.extend(terms.map(|term| Near { term, quality: SYNONYM }));
        if exact.is_none() {
            let stamped = as_cyrillic(run.joined).and_then(|reading| lexicon.exact(&reading));
            found.extend(stamped.map(|term| Near { term, quality: STAMPED }));
            found.extend(lexicon.without_vowels(run.joined));
            let mut heard = lexicon.sounding_like(run.joined);
            if role >= 1.0 {
                heard.extend(lexicon.heard_alike(run.joined));
            }
            let sure = if query.atoms.len() > SHORT_SENTENCE { IN_A_SENTENCE } else { 1.0 };
            found.extend(heard.into_iter().map(|near| Near { quality: near.quality * sure, ..near }));
            found.extend(lexicon.declined(run.joined));
        }
    }
    let glued = atoms[1..].iter().all(|atom| atom.gap != Gap::Space);
    let after = query.atoms.get(run.start + run.len);
    let whole = atoms[0].gap != Gap::None && after.is_none_or(|next| next.gap != Gap::None);
    // A word that was parted by a slip is letters on both sides: `ber etta`.
    let parted = run.len == 2 && run.joined.bytes().all(|byte| !byte.is_ascii_digit());
    let known_in_long = query.atoms.len() > SHORT_TEXT && exact.is_some();
    if whole && (glued || parted) && !known_in_long && role > 0.5 {
        found.extend(lexicon.misspelt(run.joined));
    }
    let unfinished = after.is_none() && query.unfinished && glued;
    let shortened = field == Field::Make
        && run.len == 1
        && !atoms[0].digits
        && run.joined.chars().count() >= 3
        && exact.is_none();
    if unfinished || shortened {
        found.extend(lexicon.beginning_with(run.joined, BEGINNINGS));
    }
    found
}

/// What a stamp read as Latin says if its letters are Cyrillic, transliterated: `CKC` is СКС, SKS. `None` unless every letter has
/// a look-alike and the reading differs.
fn as_cyrillic(word: &str) -> Option<String> {
    let letter = |c: char| {
        Some(match c {
            'b' => 'v',
            'c' => 's',
            'h' => 'n',
            'p' => 'r',
            'x' => 'h',
            'y' => 'u',
            'a' | 'e' | 'k' | 'm' | 'o' | 't' => c,
            _ => return None,
        })
    };
    let reading: String = word.chars().map(letter).collect::<Option<_>>()?;
    (reading != word && reading.len() >= 3).then_some(reading)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cyrillic_stamp_is_read_though_it_looks_latin() {
        assert_eq!(as_cyrillic("ckc").as_deref(), Some("sks"));
        assert_eq!(as_cyrillic("tok"), None, "it reads the same");
        assert_eq!(as_cyrillic("glock"), None, "G and L have no look-alike");
    }
}
