//! Words of calibres that stand for each other, and the keys of designations that they make equal: `12 bore`, `12GA` and `cal. 12`.
//!
//! They come from `vocabulary/calibre-words.toml`, so that a language is added as data. Called by the calibres only.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::text::{self, Atom};

/// The words file as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "source and licence are required at a file's head, and read by people")]
pub(super) struct CalibreWordsFile {
    source: String,
    licence: String,
    calibre: Vec<String>,
    calibre_endings: Vec<String>,
    millimetre: Vec<String>,
    millimetre_endings: Vec<String>,
    same: Vec<SameRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SameRow {
    is: String,
    words: Vec<String>,
    #[serde(default)]
    beside: bool,
}

/// The words, folded.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct CalibreWords {
    calibre: BTreeSet<String>,
    /// What a word for calibre ends with where a script is cut into letters.
    calibre_endings: BTreeSet<String>,
    millimetre: BTreeSet<String>,
    millimetre_endings: BTreeSet<String>,
    /// What a word is the same as, and whether only beside others.
    same: BTreeMap<String, (String, bool)>,
}

impl CalibreWords {
    pub(super) fn new(file: CalibreWordsFile) -> Self {
        let folded = |words: Vec<String>| words.iter().map(|word| text::key(word)).collect();
        let same = file.same.into_iter().flat_map(|row| {
            let SameRow { is, words, beside } = row;
            words.into_iter().map(move |word| (text::key(&word), (is.clone(), beside)))
        });
        Self {
            calibre: folded(file.calibre),
            calibre_endings: folded(file.calibre_endings),
            millimetre: folded(file.millimetre),
            millimetre_endings: folded(file.millimetre_endings),
            same: same.collect(),
        }
    }

    /// Whether a folded word says that a calibre is meant.
    pub(super) fn is_calibre(&self, word: &str) -> bool {
        self.calibre.contains(word)
    }

    /// Whether a folded word says millimetres, or ends one that does.
    pub(super) fn is_millimetre(&self, word: &str) -> bool {
        self.millimetre.contains(word) || self.millimetre_endings.contains(word)
    }

    /// The keys under which a designation is filed.
    pub(super) fn filed_under(&self, atoms: &[Atom]) -> Vec<String> {
        let mut keys = self.keys(atoms);
        if keys.first().is_some_and(|key| {
            key.trim_start_matches('.').trim_end_matches("cal").bytes().all(|byte| byte.is_ascii_digit())
        }) {
            keys.truncate(1);
        }
        keys
    }

    /// The keys under which a designation is looked up, the best first: words of one meaning made equal, first as it is, then without
    /// the `mm` that some leave out.
    pub(super) fn keys(&self, atoms: &[Atom]) -> Vec<String> {
        const MM: &str = "mm";
        let mut words: Vec<&str> = Vec::with_capacity(atoms.len());
        let mut says_calibre = false;
        for atom in atoms {
            let word = atom.text.as_str();
            if self.calibre.contains(word) {
                says_calibre = true;
            } else if says_calibre && self.calibre_endings.contains(word)
                || words.last() == Some(&MM) && self.millimetre_endings.contains(word)
                || word == "and"
            {
            } else if self.millimetre.contains(word) {
                words.push(MM);
            } else {
                let same = self.same.get(word).filter(|(_, beside)| !beside || atoms.len() > 1);
                words.push(same.map_or(word, |(same, _)| same));
            }
        }
        let joined = words.concat();
        if joined.is_empty() {
            return Vec::new();
        }
        if joined.bytes().all(|byte| byte.is_ascii_digit()) {
            // A bare number means a calibre only when it is said to be one, or begins with a point.
            return match (says_calibre, atoms.first().is_some_and(|atom| atom.dotted)) {
                (_, true) => vec![format!(".{joined}"), format!("{joined}cal")],
                (true, false) => vec![format!("{joined}cal"), format!(".{joined}")],
                (false, false) => vec![joined.clone(), format!(".{joined}")],
            };
        }
        let without: String = words.iter().filter(|word| **word != MM).copied().collect();
        let bare = without.bytes().all(|byte| byte.is_ascii_digit());
        if without.len() == joined.len() || bare { vec![joined] } else { vec![joined, without] }
    }
}
