//! What the forms offer from the reference table as one types: makers, models, calibres, countries.
//!
//! Picking a model brings what its card says where the card says one thing: a model of three calibres fills none of them.

use serde_json::{Value, json};

use crate::domain::country::CountryCode;
use crate::forms::choices::{Choice, Choices};
use crate::forms::chooser::Typed;
use crate::forms::path::Path;
use crate::forms::schema::Source;
use crate::reference::Entry;
use crate::reference::calibre::Calibre;
use crate::reference::country::Country;
use crate::reference::make::{Make, Role};
use crate::reference::search::Filters;

use super::Table;

impl Choices for Table {
    fn offer(&self, source: &Source, typed: &str, values: &Value, limit: usize) -> Vec<Choice> {
        let Source::Reference(name) = source else { return Vec::new() };
        match name.as_str() {
            "makes" => self.makers(typed, limit, |make| make.role != Some(Role::Importer)),
            "importers" => self.makers(typed, limit, |make| make.role != Some(Role::Maker)),
            "models" => self.models(typed, values, limit),
            "calibres" => self.calibres(typed, limit),
            "countries" => self.countries(typed, limit),
            _ => Vec::new(),
        }
    }
}

impl Table {
    fn makers(&self, typed: &str, limit: usize, wanted: impl Fn(&Make) -> bool) -> Vec<Choice> {
        let reference = self.reference();
        let all = reference.makes().all().iter().filter(|make| wanted(make));
        best(typed, limit, all, Make::names)
            .into_iter()
            .map(|make| Choice {
                detail: make.country.map(|code| code.to_string()).unwrap_or_default(),
                aliases: make.names().skip(1).map(str::to_owned).collect(),
                also_set: set([("firearm.make_id", json!(make.id.as_str()))]),
                ..Choice::word(&make.name, &make.name)
            })
            .collect()
    }

    /// The models of the make that is filled in; of every make where none is, or where the table does not know it.
    fn models(&self, typed: &str, values: &Value, limit: usize) -> Vec<Choice> {
        let make = values.pointer("/firearm/make").and_then(Value::as_str).unwrap_or_default();
        let filters = Filters { makes: self.reference().make(make), ..Filters::default() };
        let asked = if filters.makes.is_empty() { format!("{make} {typed}") } else { typed.to_owned() };
        let results = self.index().search(asked.trim(), &filters, limit);
        results.hits.iter().map(|hit| self.model(&hit.entry)).collect()
    }

    fn model(&self, entry: &Entry) -> Choice {
        let reference = self.reference();
        let calibre = |id| reference.calibres().get(id).map(|calibre| calibre.name.as_str());
        let calibres: Vec<&str> = entry.calibres.iter().filter_map(calibre).collect();
        let countries: Vec<String> = entry.countries.iter().map(CountryCode::to_string).collect();
        let mut known =
            vec![("firearm.make", json!(*entry.make)), ("firearm.reference_id", json!(entry.id.as_str()))];
        known.extend(entry.make_id.as_ref().map(|id| ("firearm.make_id", json!(id.as_str()))));
        known.extend(entry.firearm_type.map(|kind| ("firearm.type", json!(kind))));
        known.extend(entry.action.map(|action| ("firearm.action", json!(action))));
        if let ([name], [id]) = (calibres.as_slice(), entry.calibres.as_slice()) {
            known.extend([("firearm.calibre", json!(name)), ("firearm.calibre_id", json!(id.as_str()))]);
        }
        if let [country] = countries.as_slice() {
            known.push(("firearm.made_in", json!(country)));
        }
        let detail = [entry.make.to_string(), calibres.join(", "), countries.join(", ")];
        Choice {
            detail: detail.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
            aliases: entry.aliases.clone(),
            also_set: set(known),
            ..Choice::word(&entry.model, &entry.model)
        }
    }

    fn calibres(&self, typed: &str, limit: usize) -> Vec<Choice> {
        let names = |calibre: &'_ Calibre| {
            let others = calibre.aliases.iter().chain(&calibre.ambiguous).chain(&calibre.wrong);
            std::iter::once(&calibre.name).chain(others).map(String::clone).collect::<Vec<_>>()
        };
        best_of_owned(typed, limit, self.reference().calibres().all().iter(), names)
            .into_iter()
            .map(|calibre| Choice {
                detail: calibre.family.clone(),
                aliases: names(calibre).split_off(1),
                also_set: set([("firearm.calibre_id", json!(calibre.id.as_str()))]),
                ..Choice::word(&calibre.name, &calibre.name)
            })
            .collect()
    }

    fn countries(&self, typed: &str, limit: usize) -> Vec<Choice> {
        let names = |country: &'_ Country| {
            let names = &country.names;
            let mut all = vec![names.en.clone(), country.code.to_string()];
            all.extend([&names.fr, &names.es, &names.ar].into_iter().cloned());
            all.extend(country.alpha3.iter().cloned());
            all.extend(country.aliases.iter().cloned());
            all
        };
        best_of_owned(typed, limit, self.reference().countries().all().iter(), names)
            .into_iter()
            .map(|country| Choice {
                detail: country.code.to_string(),
                aliases: names(country).split_off(1),
                ..Choice::word(country.code.to_string(), &country.names.en)
            })
            .collect()
    }
}

/// The best of a table by their names; its first where nothing is typed.
fn best<'a, T, N>(
    typed: &str,
    limit: usize,
    all: impl Iterator<Item = &'a T>,
    names: impl Fn(&'a T) -> N,
) -> Vec<&'a T>
where
    N: Iterator<Item = &'a str>,
{
    best_by(typed, limit, all, |typed, row| typed.fit(names(row)))
}

fn best_of_owned<'a, T>(
    typed: &str,
    limit: usize,
    all: impl Iterator<Item = &'a T>,
    names: impl Fn(&'a T) -> Vec<String>,
) -> Vec<&'a T> {
    best_by(typed, limit, all, |typed, row| typed.fit(names(row).iter().map(String::as_str)))
}

fn best_by<'a, T>(
    typed: &str,
    limit: usize,
    all: impl Iterator<Item = &'a T>,
    fit: impl Fn(&Typed, &'a T) -> Option<crate::forms::chooser::Fit>,
) -> Vec<&'a T> {
    let typed = Typed::new(typed);
    if typed.is_empty() {
        return all.take(limit).collect();
    }
    let mut fitting: Vec<_> = all.filter_map(|row| Some((fit(&typed, row)?, row))).collect();
    fitting.sort_by_key(|(fit, _)| *fit);
    fitting.into_iter().map(|(_, row)| row).take(limit).collect()
}

fn set(known: impl IntoIterator<Item = (&'static str, Value)>) -> Vec<(Path, Value)> {
    known
        .into_iter()
        .map(|(path, value)| (path.parse().expect("paths written here are paths"), value))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::draft::{Draft, Origin};
    use crate::forms::schema::Context;
    use crate::forms::shipped::shipped;

    fn offered(table: &Table, source: &str, typed: &str, values: &Value) -> Vec<Choice> {
        table.offer(&Source::Reference(source.into()), typed, values, 10)
    }

    fn labels(choices: &[Choice]) -> Vec<&str> {
        choices.iter().map(|choice| choice.label.as_str()).collect()
    }

    #[test]
    fn a_few_letters_in_any_language_find_the_row() {
        let table = Table::default();
        let cases = [
            ("makes", "zast", "Zastava"),
            ("calibres", "9 para", "9x19"),
            ("countries", "españa", "Spain"),
            ("countries", "RS", "Serbia"),
        ];
        for (source, typed, wanted) in cases {
            let found = offered(&table, source, typed, &json!({}));
            let first = labels(&found).first().copied().unwrap_or_default().to_owned();
            assert!(first.contains(wanted), "{source} {typed}: {:?}", labels(&found));
        }
        assert!(offered(&table, "planets", "z", &json!({})).is_empty());
    }

    #[test]
    fn a_model_of_the_table_fills_the_record_form_from_its_card() {
        let table = Table::default();
        let schema = shipped("record").unwrap().unwrap();
        let mut draft = Draft::new(std::sync::Arc::new(schema), Context::new());
        draft.focus_on(&"firearm.model".parse().unwrap());
        let found = offered(&table, "models", "Škorpion vz. 61", draft.values());
        let choice =
            found.iter().find(|choice| choice.label.contains("61")).unwrap_or_else(|| panic!("{found:?}"));
        assert!(draft.pick(choice));
        let content = crate::domain::reading::content(draft.readable());
        assert_eq!(content.problems, vec![]);
        let firearm = content.content.firearm;
        assert!(!firearm.make.is_empty() && !firearm.reference_id.is_empty(), "{firearm:?}");
        assert_eq!(draft.origin(&"firearm.make".parse().unwrap()), Some(Origin::Card));
        for (path, _) in &choice.also_set {
            let known = draft.schema().field(path).is_some() || draft.schema().companions().contains(path);
            assert!(known, "{path} is set by a model and is nothing of the form");
        }
    }

    #[test]
    fn models_are_those_of_the_make_that_is_filled_in() {
        let table = Table::default();
        let found = offered(&table, "models", "70", &json!({"firearm": {"make": "Zastava"}}));
        assert!(!found.is_empty());
        for choice in found {
            assert!(choice.detail.contains("Zastava"), "{} {}", choice.label, choice.detail);
        }
    }
}
