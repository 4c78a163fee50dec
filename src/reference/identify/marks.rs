//! What may be stamped on a firearm, and whether a text that was read on it is part of that.

use crate::reference::entry::Entry;
use crate::reference::make::Make;
use crate::reference::table::Reference;
use crate::reference::text;

/// A shorter stamp is a word of its own: `CZ` is not part of `Szczecin`.
const SHORT: usize = 4;

/// A stamp as it was read, cut for comparison.
pub(super) struct Stamp {
    key: String,
    short: bool,
}

impl Stamp {
    pub(super) fn of(text: &str) -> Self {
        let key = text::key(text);
        let short = key.chars().count() < SHORT;
        Self { key, short }
    }
}

/// What an entry may bear: the names of its make, its own, its markings, the names of its countries.
#[derive(Debug)]
pub(super) struct Marks {
    /// Each as one key.
    whole: Vec<String>,
    /// Their words, the short ones only.
    words: Vec<String>,
}

impl Marks {
    pub(super) fn of(reference: &Reference, entry: &Entry) -> Self {
        let make = entry.make_id.as_ref().and_then(|id| reference.makes().get(id));
        let makes = make.into_iter().flat_map(Make::names);
        let countries = entry.countries.iter().filter_map(|code| reference.countries().get(*code));
        let stamps = countries
            .flat_map(|country| country.aliases.iter().chain([&country.names.en]).map(String::as_str));
        let markings = entry.details().markings.iter().map(String::as_str);
        let mut marks = Self { whole: Vec::new(), words: Vec::new() };
        for name in makes.chain(entry.names()).chain(markings).chain(stamps) {
            let atoms = text::atoms(name);
            marks.whole.push(atoms.iter().map(|atom| atom.text.as_str()).collect());
            let short = atoms
                .into_iter()
                .map(|atom| String::from(atom.text))
                .filter(|word| word.chars().count() < SHORT);
            marks.words.extend(short);
        }
        for list in [&mut marks.whole, &mut marks.words] {
            list.sort_unstable();
            list.dedup();
            list.shrink_to_fit();
        }
        marks
    }

    /// Whether a stamp is part of one of these, or has one of these in it. One without a letter or digit says nothing.
    pub(super) fn bear(&self, stamp: &Stamp) -> bool {
        let key = &stamp.key;
        if key.is_empty() {
            return true;
        }
        if stamp.short {
            return self.words.binary_search(key).is_ok() || self.whole.binary_search(key).is_ok();
        }
        let bears = |name: &String| name.contains(key) || name.chars().count() >= SHORT && key.contains(name);
        self.whole.iter().any(bears)
    }
}
