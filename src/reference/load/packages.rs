//! Make and model entries of published packages. They know little: a make, a model, sometimes calibres.

use std::collections::HashMap;
use std::sync::Arc;

use serde::de::DeserializeOwned;

use crate::reference::entry::{Entry, Source};
use crate::reference::error::{Fault, ReferenceError};
use crate::reference::id::CalibreId;
use crate::reference::make::Make;
use crate::reference::text::{self, Atom, Gap};

use super::cards::Parts;
use super::raw::{GunsnpricesRow, MispRow};

/// The entries of one package file, which is known by its name.
pub(super) fn load(
    file: &str,
    text: &str,
    parts: &Parts<'_>,
    faults: &mut Vec<Fault>,
) -> Result<Vec<Entry>, ReferenceError> {
    let name = file.rsplit('/').next().unwrap_or(file);
    let mut package = Package {
        file,
        parts,
        faults,
        entries: Vec::new(),
        known: HashMap::new(),
        brands: HashMap::new(),
        calibres: HashMap::new(),
        source: Arc::from(""),
    };
    if name.starts_with("gunsnprices") {
        package.source = Arc::from("gunsnprices");
        for row in rows::<GunsnpricesRow>(file, text)? {
            package.add(&row.brand, &row.model, &row.family, "");
        }
    } else if name.starts_with("misp") {
        package.source = Arc::from("misp");
        for row in rows::<MispRow>(file, text)? {
            package.add(&row.brand, &row.name, "", &row.calibre);
        }
    } else {
        let message = "no package of this name is known: gunsnprices… or misp… is expected".to_owned();
        return Err(ReferenceError { file: file.to_owned(), message });
    }
    Ok(package.entries)
}

fn rows<T: DeserializeOwned>(file: &str, text: &str) -> Result<Vec<T>, ReferenceError> {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
    let rows = reader.deserialize().collect::<Result<Vec<T>, _>>();
    rows.map_err(|error| ReferenceError { file: file.to_owned(), message: error.to_string() })
}

struct Package<'a> {
    file: &'a str,
    parts: &'a Parts<'a>,
    faults: &'a mut Vec<Fault>,
    entries: Vec<Entry>,
    /// Brand and folded model to the entry that has them.
    known: HashMap<(String, String), usize>,
    /// What is known of a brand: a package names few brands in thousands of rows, and a make may have many names to be cut.
    brands: HashMap<String, Brand<'a>>,
    /// The calibres that it names, and what they surely mean.
    calibres: HashMap<String, Option<CalibreId>>,
    source: Arc<str>,
}

/// A brand as a package writes it.
struct Brand<'a> {
    make: Option<&'a Make>,
    names: ModelNames,
    key: String,
    slug: String,
}

impl Package<'_> {
    /// Adds a row, or its calibre to the entry of the same model.
    fn add(&mut self, brand: &str, name: &str, family: &str, calibre: &str) {
        let brand = brand.trim();
        if !self.brands.contains_key(brand) {
            let make = self.parts.makes.find_one(brand);
            let names = ModelNames::of(brand, make);
            let read = Brand { make, names, key: text::name_key(brand), slug: text::slug(brand) };
            self.brands.insert(brand.to_owned(), read);
        }
        let Brand { make, names, key, slug } = &self.brands[brand];
        let make = *make;
        let model = model_name(name, names);
        if model.is_empty() {
            return;
        }
        let key = (key.clone(), text::key(&model));
        if key.1.is_empty() {
            return;
        }
        let at = if let Some(at) = self.known.get(&key) {
            *at
        } else {
            if make.is_none() && !self.known.keys().any(|(known, _)| *known == key.0) {
                self.faults.push(Fault::new(self.file, brand, "brand is not a name of one make in makes/"));
            }
            let id = format!("{}:{slug}-{}", self.source, text::slug(&model));
            // What the source calls it, with the make, is kept as another name where it says more than make and model.
            let family = family.trim();
            let aliases = if is_useful_alias(family, &model) { vec![family.to_owned()] } else { Vec::new() };
            self.entries.push(Entry {
                id: id.as_str().into(),
                make: Arc::from(make.map_or(brand, |make| make.name.as_str())),
                make_id: make.map(|make| make.id.clone()),
                model,
                aliases,
                firearm_type: None,
                action: None,
                calibres: Vec::new(),
                countries: Vec::new(),
                source: Source::Package(Arc::clone(&self.source)),
                same_as: None,
                details: None,
            });
            self.known.insert(key, self.entries.len() - 1);
            self.entries.len() - 1
        };
        if !self.calibres.contains_key(calibre) {
            let found = self.parts.calibres.find(calibre).map(|calibre| calibre.id.clone());
            self.calibres.insert(calibre.to_owned(), found);
        }
        let own = &mut self.entries[at].calibres;
        if let Some(id) = &self.calibres[calibre]
            && !own.contains(id)
        {
            own.push(id.clone());
        }
    }
}

/// A family is another name for its only model of the same beginning: `75` for `75`, not `SD` for `SD9`.
fn is_useful_alias(family: &str, model: &str) -> bool {
    let (family, model) = (text::key(family), text::key(model));
    family.len() > model.len() && family.contains(&model)
}

/// The names that a make has at the beginning or end of a model's name.
pub(in crate::reference) struct ModelNames(Vec<Vec<Atom>>);

impl ModelNames {
    /// The names of a brand, and of the make that it is.
    pub(in crate::reference) fn of(brand: &str, make: Option<&Make>) -> Self {
        let names = make.into_iter().flat_map(Make::names).chain([brand]);
        Self(names.map(text::atoms).filter(|atoms| !atoms.is_empty()).collect())
    }
}

/// The model's name without the make's at its beginning or end; the whole name where nothing else is left.
pub(in crate::reference) fn model_name(name: &str, make_names: &ModelNames) -> String {
    let name = name.trim();
    let atoms = text::atoms(name);
    let mut start = 0;
    let mut end = atoms.len();
    for make_atoms in &make_names.0 {
        let length = make_atoms.len();
        if length >= atoms.len() {
            continue;
        }
        let same = |part: &[Atom]| part.iter().zip(make_atoms).all(|(a, b)| a.text == b.text);
        if same(&atoms[..length]) && atoms[length].gap != Gap::None {
            start = start.max(length);
        }
        if same(&atoms[atoms.len() - length..]) && atoms[atoms.len() - length].gap == Gap::Space {
            end = end.min(atoms.len() - length);
        }
    }
    if start >= end {
        return name.to_owned();
    }
    let from = if start == 0 { 0 } else { atoms[start].span.start };
    let to = if end == atoms.len() { name.len() } else { atoms[end - 1].span.end };
    // A point or sign before the first atom belongs to the model: `.22 Special`.
    name[from..to].trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_makes_name_is_not_part_of_the_models() {
        for (name, brand, expected) in [
            ("Barrett MRAD", "Barrett", "MRAD"),
            ("1860 Henry", "Henry", "1860"),
            ("36", "Glock", "36"),
            ("Springfield Model 2020", "Springfield", "Model 2020"),
            ("Hatfield", "Hatfield", "Hatfield"),
            ("CZ75", "CZ", "CZ75"),
            ("Hi-Point C9", "Hi Point", "C9"),
        ] {
            assert_eq!(model_name(name, &ModelNames::of(brand, None)), expected, "of {name:?}");
        }
    }
}
