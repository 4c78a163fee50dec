//! The ATF's curios and relics, whose rows are sentences that were cut by a machine: where a row has no model of its own, the words
//! after the make in the sentence are taken; where make and model cannot be told apart it is refused.

use super::fields::Read;
use super::item::Model;

/// Words at which the name ends in the sentence.
const ENDS: [&str; 8] =
    [" cal.", " caliber", " calibre", " s/n", " serial", " mfd", " manufactured", " made "];
/// A model of more words than this is a sentence.
const MOST_WORDS: usize = 8;

/// Reads a row.
pub(super) fn read(row: &Read<'_>) -> Result<Model, String> {
    let mut model = row.model()?;
    model.calibres = model.calibres.iter().map(|calibre| calibre.trim_end_matches('.').to_owned()).collect();
    if model.model.is_empty() {
        let sentence = row.sentence("raw_entry")?;
        let rest = after(&sentence, &model.make).ok_or("make and model cannot be told apart")?;
        let name = name_of(rest);
        if name.is_empty() {
            return Err("no model is named after the make".into());
        }
        if name.split_whitespace().count() > MOST_WORDS {
            return Err("what follows the make is a sentence, not a model".into());
        }
        name.clone_into(&mut model.model);
    }
    // `1893 or 93` is one model by two names.
    if let Some((first, second)) = model.model.clone().split_once(" or ") {
        model.aliases.push(second.trim().to_owned());
        first.trim().clone_into(&mut model.model);
    }
    Ok(model)
}

fn after<'a>(sentence: &'a str, make: &str) -> Option<&'a str> {
    let rest = sentence.get(make.len()..)?;
    (!make.is_empty() && sentence.starts_with(make)).then(|| rest.trim_start_matches([',', ' ', '.']))
}

fn name_of(rest: &str) -> &str {
    let lower = rest.to_ascii_lowercase();
    let padded = format!(" {lower}");
    let ends = ENDS.iter().filter_map(|word| padded.find(word)).min().unwrap_or(rest.len());
    let name = &rest[..ends.min(rest.len())];
    name.split([',', ';', '(']).next().unwrap_or("").trim().trim_end_matches('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn model_is_found_in_the_sentence() {
        for (sentence, make, model) in [
            ("A.H. Fox, Double barrel shotguns, all gauges", "A.H. Fox", "Double barrel shotguns"),
            ("Colt, New Mexico Golden Anniversary, cal. .22.", "Colt", "New Mexico Golden Anniversary"),
            ("German, cal. 8mm MG 81", "German", ""),
            ("Ruger, Single Six, engraved revolver with S/Ns 5100 - 75000.", "Ruger", "Single Six"),
        ] {
            assert_eq!(after(sentence, make).map(name_of), Some(model), "of {sentence}");
        }
        assert_eq!(after("Albanian SKS", "Other"), None);
    }
}
