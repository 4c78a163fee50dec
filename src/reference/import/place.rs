//! The place at the end of a maker's name, as tables of codes have it: `GIRSAN, TURKEY`, `CHAMPION ARMS, LLC TEMPE, ARIZONA`.
//!
//! Where the place begins is only taken from a mark (comma, semicolon, hyphen, bracket), from a word such as `LLC` that ends a company's
//! name, or from the place being a country itself. A city that stands bare behind the name is not told from a part of the name.

use crate::domain::country::CountryCode;
use crate::reference::table::Reference;
use crate::reference::text::{self, Atom};

/// A country or state of so many words is the longest.
const LONGEST_PLACE: usize = 4;
/// A city of so many words is the longest: `SALT LAKE CITY`.
const LONGEST_CITY: usize = 3;

/// States of the United States: postal code and name. Lists of the United States name them without the country.
const STATES: &[(&str, &str)] = &[
    ("al", "alabama"),
    ("ak", "alaska"),
    ("az", "arizona"),
    ("ar", "arkansas"),
    ("ca", "california"),
    ("co", "colorado"),
    ("ct", "connecticut"),
    ("de", "delaware"),
    ("dc", "districtofcolumbia"),
    ("fl", "florida"),
    ("ga", "georgia"),
    ("hi", "hawaii"),
    ("id", "idaho"),
    ("il", "illinois"),
    ("in", "indiana"),
    ("ia", "iowa"),
    ("ks", "kansas"),
    ("ky", "kentucky"),
    ("la", "louisiana"),
    ("me", "maine"),
    ("md", "maryland"),
    ("ma", "massachusetts"),
    ("mi", "michigan"),
    ("mn", "minnesota"),
    ("ms", "mississippi"),
    ("mo", "missouri"),
    ("mt", "montana"),
    ("ne", "nebraska"),
    ("nv", "nevada"),
    ("nh", "newhampshire"),
    ("nj", "newjersey"),
    ("nm", "newmexico"),
    ("ny", "newyork"),
    ("nc", "northcarolina"),
    ("nd", "northdakota"),
    ("oh", "ohio"),
    ("ok", "oklahoma"),
    ("or", "oregon"),
    ("pa", "pennsylvania"),
    ("ri", "rhodeisland"),
    ("sc", "southcarolina"),
    ("sd", "southdakota"),
    ("tn", "tennessee"),
    ("tx", "texas"),
    ("ut", "utah"),
    ("vt", "vermont"),
    ("va", "virginia"),
    ("wa", "washington"),
    ("wv", "westvirginia"),
    ("wi", "wisconsin"),
    ("wy", "wyoming"),
];

/// Words that end the name of a company.
const COMPANY_ENDS: &[&str] = &[
    "inc",
    "incorporated",
    "llc",
    "corp",
    "corporation",
    "co",
    "company",
    "ltd",
    "limited",
    "gmbh",
    "ag",
    "spa",
    "srl",
    "sro",
    "sa",
];

/// A place and the name before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Placed<'a> {
    /// The name without its place, in every way in which the place may begin; the longest first.
    pub names: Vec<&'a str>,
    /// The countries that the place may be in: Georgia is two.
    pub countries: Vec<CountryCode>,
}

impl Placed<'_> {
    /// Whether a make of this country may be meant; one whose country is not known may.
    pub(super) fn allows(&self, country: Option<CountryCode>, reference: &Reference) -> bool {
        country.is_none_or(|country| self.countries.iter().any(|place| reference.same_soil(country, *place)))
    }
}

/// The place at the end of a name; `None` where it ends in none.
pub(super) fn placed<'a>(name: &'a str, reference: &Reference) -> Option<Placed<'a>> {
    let atoms = text::atoms(name);
    let longest = LONGEST_PLACE.min(atoms.len().saturating_sub(1));
    // `NORTH CAROLINA` before `CAROLINA`.
    let (at, countries, is_country) = (1..=longest).rev().find_map(|count| {
        let at = atoms.len() - count;
        let tail = &name[atoms[at].span.start..atoms.last()?.span.end];
        let key: String = atoms[at..].iter().map(|atom| atom.text.as_str()).collect();
        // `CO` and `DE` are states behind a mark, and words of a name else.
        let is_marked = ends_at_mark(&name[..atoms[at].span.start]);
        let is_state = |(code, name): &(&str, &str)| key == *name || key == *code && is_marked;
        let in_states = STATES.iter().any(is_state);
        // A code of two or three letters is as likely a part of the name: `HK`, `CUB`.
        let is_whole = key.chars().count() > 3 || ["uk", "usa"].contains(&key.as_str());
        let country = is_whole.then(|| reference.country(tail)).flatten();
        let state = if in_states { reference.country("USA") } else { None };
        let countries: Vec<CountryCode> = country.into_iter().chain(state).collect();
        (!countries.is_empty()).then_some((at, countries, state.is_none()))
    })?;
    let before = trimmed(&name[..atoms[at].span.start]);
    let mut names = Vec::new();
    if is_country {
        names.push(before);
    }
    let rest = &atoms[..at];
    for cut in (1..rest.len()).rev() {
        if rest.len() - cut > LONGEST_CITY {
            break;
        }
        if begins_anew(name, &rest[cut - 1], &rest[cut]) {
            names.push(trimmed(&name[..rest[cut].span.start]));
        }
    }
    names.dedup();
    names.retain(|name| name.chars().count() > 2);
    (!names.is_empty()).then_some(Placed { names, countries })
}

/// Whether a city may begin with this atom: a mark stands before it, or the end of a company's name.
fn begins_anew(name: &str, before: &Atom, atom: &Atom) -> bool {
    let between = &name[before.span.end..atom.span.start];
    let is_mark = between.contains([',', ';', '(', ')', '%']) || between.contains(" - ");
    is_mark || COMPANY_ENDS.contains(&before.text.as_str())
}

/// Whether two names are one but for the words that say what form a company has. That is stricter than how a make is found: `MG
/// Industries` is not `M.G. Arms`.
pub(super) fn is_same_company(one: &str, other: &str) -> bool {
    let key = |name: &str| -> String {
        let atoms = text::atoms(name).into_iter().map(|atom| atom.text);
        atoms.filter(|word| !COMPANY_ENDS.contains(&word.as_str())).collect()
    };
    key(one) == key(other)
}

fn ends_at_mark(text: &str) -> bool {
    text.trim_end().ends_with([',', ';'])
}

fn trimmed(name: &str) -> &str {
    name.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | '-' | '%' | '*'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn place_is_cut_where_a_mark_a_company_or_a_country_shows_it() {
        let reference = Reference::shipped().unwrap();
        for (name, names, countries) in [
            ("ALTOBELLI ARMS TURKEY", &["ALTOBELLI ARMS"][..], "TR"),
            ("GIRSAN, TURKEY", &["GIRSAN"], "TR"),
            ("ARMSAN SILAH SANAYI - TURKEY", &["ARMSAN SILAH SANAYI"], "TR"),
            ("ALCHEMY ARMS COMPANY; AUBURN, WASHINGTON", &["ALCHEMY ARMS COMPANY"], "US"),
            (
                "CHAMPION PRECISION FIREARMS, LLC TEMPE, ARIZONA",
                &["CHAMPION PRECISION FIREARMS, LLC", "CHAMPION PRECISION FIREARMS"],
                "US",
            ),
            ("ALLIED ARMAMENT, INC; SCAPPOOSE, OREGON", &["ALLIED ARMAMENT, INC", "ALLIED ARMAMENT"], "US"),
        ] {
            let found = placed(name, &reference).unwrap_or_else(|| panic!("{name}"));
            assert_eq!(found.names, names, "{name}");
            assert!(found.countries.iter().any(|code| code.as_str() == countries), "{name}: {found:?}");
        }
        // A bare city cannot be told from a part of the name.
        assert_eq!(placed("REPUBLIC FIREARMS STRONGSVILLE, OH", &reference), None);
        assert_eq!(placed("SMITH & WESSON", &reference), None);
        assert_eq!(placed("JOHNSON, BYE & CO", &reference), None);
        assert_eq!(placed("I. N. A. (INDUSTRIA NATIONAL DE", &reference), None);
    }

    #[test]
    fn company_is_the_same_in_any_form_and_another_with_other_words() {
        assert!(is_same_company("ADEQ FIREARMS COMPANY", "Adeq Firearms"));
        assert!(is_same_company("SWISS ARMS A.G.", "Swiss Arms"));
        assert!(!is_same_company("MG INDUSTRIES INC.", "M.G. Arms"));
        assert!(!is_same_company("SPRINGFIELD FIREARMS", "Springfield Armory Inc."));
    }

    #[test]
    fn place_that_contradicts_the_country_of_a_make_is_told() {
        let reference = Reference::shipped().unwrap();
        let found = placed("ASTRA, SPAIN", &reference).unwrap();
        assert!(found.allows(reference.country("Spain"), &reference) && found.allows(None, &reference));
        assert!(!found.allows(reference.country("France"), &reference));
        // A state and a country have this name.
        let georgia = placed("AMERICAN PRECISION ARMS, LLC; JEFFERSON, GEORGIA", &reference).unwrap();
        assert!(georgia.allows(reference.country("USA"), &reference));
    }
}
