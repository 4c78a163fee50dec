//! Present countries from `countries.csv`, former states from `former-states.toml`.

use std::collections::HashMap;

use crate::domain::country::CountryCode;
use crate::reference::country::{Country, CountryNames, FormerState};
use crate::reference::error::ReferenceError;

use super::{File, parse, raw};

/// Every country, present ones first. These two files must be right in every row: the rest of the table hangs on them.
pub(super) fn load(files: &[File]) -> Result<Vec<Country>, ReferenceError> {
    let text_of = |name: &str| files.iter().find(|(path, _)| *path == name).map(|(_, text)| *text);
    let mut countries = present("countries.csv", text_of("countries.csv").unwrap_or_default())?;
    if let Some(text) = text_of("former-states.toml") {
        countries.extend(former("former-states.toml", text)?);
    }
    Ok(countries)
}

fn present(file: &str, text: &str) -> Result<Vec<Country>, ReferenceError> {
    let error = |message: String| ReferenceError { file: file.to_owned(), message };
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
    let rows: Vec<raw::CountryRow> =
        reader.deserialize().collect::<Result<_, _>>().map_err(|fault| error(fault.to_string()))?;
    let mut codes = HashMap::new();
    for row in &rows {
        let code: CountryCode = row.a2.parse().map_err(|fault| error(format!("{}: {fault}", row.en)))?;
        codes.insert(row.a3.clone(), code);
    }
    let neighbours = |row: &raw::CountryRow| -> Result<Vec<CountryCode>, ReferenceError> {
        let known = |a3: &str| {
            codes
                .get(a3)
                .copied()
                .ok_or_else(|| error(format!("{}: neighbour `{a3}` is not in the file", row.en)))
        };
        row.land_neighbours_a3.split('|').filter(|a3| !a3.is_empty()).map(known).collect()
    };
    rows.iter()
        .map(|row| {
            let names = [&row.en, &row.fr, &row.es, &row.ar];
            let mut aliases: Vec<String> = Vec::new();
            for alias in [&row.en_alt, &row.fr_alt, &row.es_alt, &row.ar_alt]
                .into_iter()
                .flat_map(|list| list.split('|'))
            {
                let known =
                    names.iter().any(|name| *name == alias) || aliases.iter().any(|other| other == alias);
                if !alias.is_empty() && !known {
                    aliases.push(alias.to_owned());
                }
            }
            Ok(Country {
                code: codes[&row.a3],
                alpha3: Some(row.a3.clone()),
                names: CountryNames {
                    en: row.en.clone(),
                    fr: row.fr.clone(),
                    es: row.es.clone(),
                    ar: row.ar.clone(),
                },
                aliases,
                neighbours: neighbours(row)?,
                centroid: row.centroid_lat.zip(row.centroid_lon),
                former: None,
            })
        })
        .collect()
}

fn former(file: &str, text: &str) -> Result<Vec<Country>, ReferenceError> {
    let states: raw::StateFile = parse(file, text)?;
    let code = |state: &str, text: &str| -> Result<CountryCode, ReferenceError> {
        text.parse().map_err(|fault| ReferenceError {
            file: file.to_owned(),
            message: format!("state {state}: {fault}"),
        })
    };
    states
        .state
        .into_iter()
        .map(|row| {
            let successors =
                row.successors.iter().map(|text| code(&row.code, text)).collect::<Result<Vec<_>, _>>()?;
            let mut aliases = row.aliases;
            aliases.extend(row.iso);
            Ok(Country {
                code: code(&row.code, &row.code)?,
                alpha3: None,
                names: CountryNames {
                    en: row.names.en,
                    fr: row.names.fr,
                    es: row.names.es,
                    ar: row.names.ar,
                },
                aliases,
                neighbours: Vec::new(),
                centroid: None,
                former: Some(FormerState { successors, from: row.from, to: row.to, note: row.note }),
            })
        })
        .collect()
}
