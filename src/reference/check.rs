//! Cross-validation of the whole table: what `reference check` and a test print.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::domain::firearm::{ConversionState, FirearmAction, FirearmType, SerialState};
use crate::domain::record::RecordReason;

use super::calibre::Sureness;
use super::entry::Entry;
use super::error::Fault;
use super::import::codes::OF_AN_EDITION;
use super::table::Reference;
use super::text;

/// What a calibre is used in.
const FAMILIES: [&str; 6] = ["handgun", "rifle", "rimfire", "shotgun", "blank", "other"];

impl Reference {
    /// Every fault of the data, in the order of the files; none means that the table is sound.
    ///
    /// Checked: makes, calibres, countries and look-alikes that are named exist; ids and names are unique; serial patterns compile
    /// and match their own examples; spans of years and dimensions can be; each card says what its check against lists found.
    pub fn check(&self) -> Vec<Fault> {
        let mut faults = self.load_faults().to_vec();
        self.check_makes(&mut faults);
        self.check_calibres(&mut faults);
        for entry in self.entries().iter().filter(|entry| entry.is_card()) {
            self.check_card(entry, &mut faults);
        }
        self.check_countries(&mut faults);
        self.check_dates(&mut faults);
        self.check_ranges(&mut faults);
        self.check_handbook(&mut faults);
        self.check_vocabularies(&mut faults);
        faults.sort();
        faults.dedup();
        faults
    }

    fn check_makes(&self, faults: &mut Vec<Fault>) {
        let mut ids = HashSet::new();
        let mut owners: HashMap<String, &str> = HashMap::new();
        for make in self.makes().all().iter().filter(|make| make.file != OF_AN_EDITION) {
            let mut fault = |problem: String| faults.push(Fault::new(make.file, make.id.as_str(), problem));
            if !is_id(make.id.as_str()) {
                fault("an id has only a-z, 0-9 and hyphens".into());
            }
            if !ids.insert(&make.id) {
                fault("two makes have this id".into());
            }
            let mut own = HashSet::new();
            for name in make.names() {
                let key = text::name_key(name);
                if key.is_empty() {
                    fault(format!("name `{name}` has no letter or digit"));
                } else if own.insert(key.clone())
                    && let Some(other) = owners.insert(key, make.id.as_str())
                {
                    fault(format!("name `{name}` is also a name of `{other}`"));
                }
            }
        }
    }

    fn check_calibres(&self, faults: &mut Vec<Fault>) {
        let mut ids = HashSet::new();
        for calibre in self.calibres().all() {
            let mut fault =
                |problem: String| faults.push(Fault::new(calibre.file, calibre.id.as_str(), problem));
            if !is_id(calibre.id.as_str()) {
                fault("an id has only a-z, 0-9 and hyphens".into());
            }
            if !ids.insert(&calibre.id) {
                fault("two calibres have this id".into());
            }
            if !FAMILIES.contains(&calibre.family.as_str()) {
                fault(format!("family `{}` is none of {}", calibre.family, FAMILIES.join(", ")));
            }
            for (what, length, most) in
                [("bullet", calibre.bullet_mm, 200.0), ("case", calibre.case_mm, 500.0)]
            {
                if length.is_some_and(|length| !(1.0..=most).contains(&length)) {
                    fault(format!("{what} of {length:?} mm cannot be"));
                }
            }
        }
        let mut shared: BTreeMap<(&str, &str), (&'static str, &str)> = BTreeMap::new();
        for calibre in self.calibres().all() {
            for name in std::iter::once(&calibre.name).chain(&calibre.aliases) {
                for (other, sureness) in self.calibres().meanings(name) {
                    if sureness == Sureness::Proper && other.id < calibre.id {
                        shared.insert((calibre.id.as_str(), other.id.as_str()), (calibre.file, name));
                    }
                }
            }
        }
        for ((id, other), (file, name)) in shared {
            faults.push(Fault::new(
                file,
                id,
                format!("`{name}` is also a name of `{other}`: move it to `ambiguous` in both"),
            ));
        }
    }

    fn check_card(&self, entry: &Entry, faults: &mut Vec<Fault>) {
        let mut fault = |problem: String| faults.push(Fault::new("models/cards", entry.id.as_str(), problem));
        if !is_id(entry.id.as_str()) {
            fault("an id has only a-z, 0-9 and hyphens".into());
        }
        if entry.make_id.as_ref().is_some_and(|make| !entry.id.as_str().starts_with(make.as_str())) {
            fault("a card's id begins with its make's".into());
        }
        if entry.calibres.is_empty() {
            fault("no calibre is known: write `other` only where it has none".into());
        }
        let mut names = HashSet::new();
        for name in entry.names() {
            if !names.insert(name.to_lowercase()) {
                fault(format!("name `{name}` is there twice"));
            }
        }
        let details = entry.details();
        if details.checked.is_none() {
            fault("does not say what its check against independent lists found".into());
        }
        if let Some(shape) = &details.serial
            && shape.pattern.is_some()
        {
            match shape.regex() {
                None => fault("serial pattern is no regular expression".into()),
                Some(regex) => {
                    for example in shape.examples.iter().filter(|example| !regex.is_match(example)) {
                        fault(format!("serial pattern does not match its own example `{example}`"));
                    }
                }
            }
        }
        for other in &details.lookalikes {
            if other.id == entry.id {
                fault("it is its own look-alike".into());
            } else if self.entry(other.id.as_str()).is_none() {
                fault(format!("look-alike `{}` is no entry", other.id));
            }
        }
        let longest_barrel = details.barrel_mm.iter().max();
        let longest = details.overall_mm.iter().max();
        if let (Some(barrel), Some(overall)) = (longest_barrel, longest)
            && barrel > overall
        {
            fault(format!("a barrel of {barrel} mm is longer than the whole of {overall} mm"));
        }
    }

    fn check_countries(&self, faults: &mut Vec<Fault>) {
        let mut codes = HashSet::new();
        for country in self.countries().all() {
            let file = if country.former.is_some() { "former-states.toml" } else { "countries.csv" };
            let mut fault = |problem: String| faults.push(Fault::new(file, country.code.as_str(), problem));
            if !codes.insert(country.code) {
                fault("two countries have this code".into());
            }
            for successor in country.former.iter().flat_map(|former| &former.successors) {
                if self.countries().get(*successor).is_none_or(|other| other.former.is_some()) {
                    fault(format!("successor {successor} is no present country"));
                }
            }
        }
    }
}

impl Reference {
    fn check_dates(&self, faults: &mut Vec<Fault>) {
        for system in self.date_systems() {
            let mut fault =
                |problem: String| faults.push(Fault::new("date-codes.toml", &*system.id, problem));
            for make in system.makes.iter().filter(|make| self.makes().get(&make.as_str().into()).is_none()) {
                fault(format!("make `{make}` is not in makes/"));
            }
            for country in system.countries.iter().filter(|country| self.country(country).is_none()) {
                fault(format!("country `{country}` is not known"));
            }
            for house in &system.proof_houses {
                if !self.handbook().houses.iter().any(|known| known.id == *house) {
                    fault(format!("proof house `{house}` is not in proof-houses.toml"));
                }
            }
            for example in &system.examples {
                let years = system.read(&example.mark);
                if !years.iter().any(|(first, last)| (*first..=*last).contains(&example.year)) {
                    fault(format!("its example `{}` reads {years:?}, not {}", example.mark, example.year));
                }
            }
        }
    }

    fn check_handbook(&self, faults: &mut Vec<Fault>) {
        let book = self.handbook();
        let houses = book.houses.iter().map(|house| (&house.id, Some(&house.country), None));
        let marks = book.marks.iter().map(|mark| (&mark.id, mark.country.as_ref(), mark.make.as_ref()));
        let mut ids = HashSet::new();
        for (id, country, make) in houses.chain(marks) {
            let mut fault = |problem: String| faults.push(Fault::new("proof-houses.toml", &**id, problem));
            if !ids.insert(id) {
                fault("two have this id".into());
            }
            if let Some(country) = country.filter(|country| self.country(country).is_none()) {
                fault(format!("country `{country}` is not known"));
            }
            if let Some(make) = make.filter(|make| self.makes().get(&make.as_str().into()).is_none()) {
                fault(format!("make `{make}` is not in makes/"));
            }
        }
        let mut ids = HashSet::new();
        for term in book.terms.iter().filter(|term| !ids.insert(&term.id)) {
            faults.push(Fault::new("glossary.toml", &*term.id, "two terms have this id"));
        }
    }

    /// The vocabulary files explain the program's own values: each value is there, and nothing else.
    fn check_vocabularies(&self, faults: &mut Vec<Fault>) {
        fn ids<T: std::fmt::Display>(all: &[T]) -> Vec<String> {
            all.iter().map(ToString::to_string).collect()
        }
        let own = [
            ("vocabulary/types.toml", ids(FirearmType::ALL)),
            ("vocabulary/actions.toml", ids(FirearmAction::ALL)),
            ("vocabulary/serial-states.toml", ids(SerialState::ALL)),
            ("vocabulary/conversion-states.toml", ids(ConversionState::ALL)),
            ("vocabulary/record-reasons.toml", ids(RecordReason::ALL)),
        ];
        for (file, own) in own {
            let Some((_, said)) = self.vocabularies().iter().find(|(path, _)| *path == file) else {
                faults.push(Fault::new(file, "file", "is missing"));
                continue;
            };
            for id in own.iter().filter(|id| !said.contains(id)) {
                faults.push(Fault::new(file, &**id, "the program has this value, the file does not"));
            }
            for id in said.iter().filter(|id| !own.contains(id)) {
                faults.push(Fault::new(file, &**id, "the file has this value, the program does not"));
            }
        }
    }
}

fn is_id(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}
