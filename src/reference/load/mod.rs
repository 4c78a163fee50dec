//! From the data files to the table. Only the loader knows how the files are written; the build of the program calls it.
//!
//! A file that cannot be parsed stops the load and is named with its line; a row that makes no sense is left out and kept as a
//! [`Fault`], so that one bad row never takes the table away.

mod cards;
mod countries;
mod packages;
mod ranges;
mod raw;

pub(super) use packages::{ModelNames, model_name};

use std::sync::Arc;

use rayon::prelude::*;
use serde::de::DeserializeOwned;

use super::calibre::{Calibre, Calibres};
use super::calibre_words::CalibreWords;
use super::country::Countries;
use super::date_code::DateSystem;
use super::entry::Entry;
use super::error::{Fault, ReferenceError};
use super::handbook::Handbook;
use super::import::HeadingWords;
use super::later::Later;
use super::make::{Make, Makes, Role};
use super::search::numerals::Numerals;
use super::search::spelled::Letters;
use super::search::words::Words;
use super::serial_range::RangeTable;
use super::table::{Base, Parts};

/// A data file: its path below `reference/`, and its text.
pub(super) type File = (&'static str, &'static str);

/// Reads every file of the table; its entries are not linked yet.
pub(super) fn load(files: &[File]) -> Result<Parts, ReferenceError> {
    let mut faults = Vec::new();
    let in_folder = |folder, extension| in_folder(files, folder, extension);
    // The parsers of the larger kinds run beside each other: they share nothing.
    let ((calibres, makes), (cards, countries)) = rayon::join(
        || {
            (
                parse_all::<raw::CalibreFile>(in_folder("calibres/", ".toml")),
                parse_all::<raw::MakeFile>(in_folder("makes/", ".toml")),
            )
        },
        || (parse_all::<raw::CardFile>(in_folder("models/cards/", ".toml")), countries::load(files)),
    );
    let countries = Countries::new(countries?);
    let words = CalibreWords::new(parse_one(files, "vocabulary/calibre-words.toml")?);
    let calibres =
        Calibres::new(calibres?.into_iter().flat_map(|(file, raw)| calibres_of(file, raw)).collect(), words);
    let makes = makes?.into_iter().flat_map(|(file, raw)| makes_of(file, raw, &countries, &mut faults));
    let makes = Makes::new(makes.collect());
    let cards = cards?;
    let named_calibres = cards::named_calibres(cards.iter().flat_map(|(_, file)| &file.model), &calibres);
    let parts = cards::Parts { makes: &makes, calibres: &calibres, countries: &countries, named_calibres };
    let read_cards = || {
        let mut faults = Vec::new();
        let rows =
            cards.into_iter().flat_map(|(file, raw)| raw.model.into_iter().map(move |row| (file, row)));
        let entries: Vec<Entry> =
            rows.filter_map(|(file, row)| cards::entry(file, row, &parts, &mut faults)).collect();
        (entries, faults)
    };
    let read_packages = || {
        let (mut entries, mut faults) = (Vec::new(), Vec::new());
        for &(file, text) in in_folder("models/packages/", ".csv") {
            entries.extend(packages::load(file, text, &parts, &mut faults)?);
        }
        Ok((entries, faults))
    };
    let (((mut entries, of_cards), of_packages), rest) =
        rayon::join(|| rayon::join(read_cards, read_packages), || rest(files));
    let (from_packages, of_packages) = of_packages?;
    entries.extend(from_packages);
    let Rest { words, heading_words, dates, ranges, handbook, vocabularies, faults: of_rest } = rest?;
    for more in [of_cards, of_packages, of_rest] {
        faults.extend(more);
    }
    let entries = entries.into_iter().map(Arc::new).collect();
    let base = Base {
        countries,
        calibres,
        makes: Arc::new(makes),
        words,
        heading_words: Later::now(heading_words),
        dates: Later::now(dates),
        ranges: Later::now(ranges),
        handbook: Later::now(handbook),
        vocabularies: Later::now(vocabularies),
        index: None,
    };
    Ok(Parts { base, entries, faults })
}

/// The files of a folder that have an extension.
fn in_folder<'a>(
    files: &'a [File],
    folder: &'static str,
    extension: &'static str,
) -> impl Iterator<Item = &'a File> + Clone {
    files.iter().filter(move |(path, _)| path.starts_with(folder) && path.ends_with(extension))
}

/// What neither needs the makes, calibres and countries nor is needed to read the entries.
struct Rest {
    words: Words,
    heading_words: HeadingWords,
    dates: Vec<DateSystem>,
    ranges: Vec<RangeTable>,
    handbook: Handbook,
    vocabularies: Vec<(&'static str, Vec<String>)>,
    faults: Vec<Fault>,
}

fn rest(files: &[File]) -> Result<Rest, ReferenceError> {
    let (ranges, mut faults) = ranges::load(in_folder(files, "serial-ranges/", ".toml"));
    let dates = parse_one::<raw::DateFile>(files, "date-codes.toml")?.system;
    let proof = parse_one::<raw::ProofFile>(files, "proof-houses.toml")?;
    let glossary = parse_one::<raw::GlossaryFile>(files, "glossary.toml")?;
    let handbook = Handbook { houses: proof.house, marks: proof.mark, terms: glossary.term };
    // The words by which texts are read have forms of their own.
    let vocabularies =
        in_folder(files, "vocabulary/", ".toml").filter(|(path, _)| !path.ends_with("-words.toml"));
    let vocabularies = parse_all::<raw::VocabularyFile>(vocabularies)?
        .into_iter()
        .map(|(path, file)| (path, file.entry.into_iter().map(|row| row.id).collect()))
        .collect();
    let numerals = Numerals::new(parse_one(files, "vocabulary/number-words.toml")?, &mut faults);
    let letters = Letters::new(parse_one(files, "vocabulary/letter-words.toml")?);
    let words =
        Words::new(&parse_one(files, "vocabulary/search-words.toml")?, numerals, letters, &mut faults);
    let heading_words = HeadingWords::new(parse_one(files, "vocabulary/heading-words.toml")?, &mut faults);
    Ok(Rest { words, heading_words, dates, ranges, handbook, vocabularies, faults })
}

/// Parses one data file; an error names its line.
fn parse<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, ReferenceError> {
    let fault = |message: String| ReferenceError { file: file.to_owned(), message };
    toml::from_str(text).map_err(|error| {
        let line = error.span().map(|span| text[..span.start].matches('\n').count() + 1);
        let place = line.map(|line| format!("line {line}: ")).unwrap_or_default();
        fault(format!("{place}{}", error.message()))
    })
}

/// Parses a file that may be absent.
fn parse_one<T: DeserializeOwned + Default>(files: &[File], name: &str) -> Result<T, ReferenceError> {
    match files.iter().find(|(path, _)| *path == name) {
        Some((path, text)) => parse(path, text),
        None => Ok(T::default()),
    }
}

/// Parses files beside each other: they share nothing, and the cards alone are most of what is read at start.
fn parse_all<'a, T: DeserializeOwned + Send>(
    files: impl Iterator<Item = &'a File>,
) -> Result<Vec<(&'static str, T)>, ReferenceError> {
    let files: Vec<File> = files.copied().collect();
    files.into_par_iter().map(|(path, text)| Ok((path, parse(path, text)?))).collect()
}

fn calibres_of(file: &'static str, raw: raw::CalibreFile) -> impl Iterator<Item = Calibre> {
    raw.calibre.into_iter().map(move |row| Calibre {
        id: row.id.as_str().into(),
        name: row.name,
        aliases: row.aliases,
        wrong: row.wrong,
        ambiguous: row.ambiguous,
        family: row.family,
        bullet_mm: row.bullet_mm,
        case_mm: row.case_mm,
        note: row.note,
        file,
    })
}

fn makes_of(
    file: &'static str,
    raw: raw::MakeFile,
    countries: &Countries,
    faults: &mut Vec<Fault>,
) -> Vec<Make> {
    let mut makes = Vec::with_capacity(raw.make.len());
    for row in raw.make {
        let country = row.country.as_deref().and_then(|text| {
            let found = countries.find(text).map(|country| country.code);
            if found.is_none() {
                faults.push(Fault::new(file, &*row.id, format!("country `{text}` is not known")));
            }
            found
        });
        let role = match row.role.as_deref() {
            None => None,
            Some("maker") => Some(Role::Maker),
            Some("importer") => Some(Role::Importer),
            Some("both") => Some(Role::Both),
            Some(other) => {
                faults.push(Fault::new(
                    file,
                    &*row.id,
                    format!("role `{other}` is not maker, importer or both"),
                ));
                None
            }
        };
        makes.push(Make {
            id: row.id.as_str().into(),
            name: row.name,
            country,
            aliases: row.aliases,
            former: row.former,
            role,
            ncic: row.ncic,
            note: row.note,
            file,
        });
    }
    makes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fault_of_a_file_names_its_line() {
        let text = "source = \"s\"\nlicence = \"l\"\n[[term]]\nid = 7\n";
        let fault = parse::<raw::GlossaryFile>("glossary.toml", text).unwrap_err();
        assert!(fault.message.starts_with("line 4: "), "{}", fault.message);
    }
}
