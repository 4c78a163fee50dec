//! Firearms named in the Canadian SOR/98-462: a name is a whole phrase, `Franchi SPAS 12 shotgun`, under the design that it varies.

use crate::reference::make::Makes;
use crate::reference::text;

use super::fields::Read;
use super::item::Model;

/// A make's name has at most so many words.
const MOST_WORDS: usize = 5;
/// Words for a kind of firearm at a name's end.
const KINDS: [&str; 10] = [
    "shotgun",
    "rifle",
    "carbine",
    "pistol",
    "revolver",
    "handgun",
    "submachine gun",
    "machine pistol",
    "gun",
    "launcher",
];
/// What a maker is called where the list names none.
const UNKNOWN_MAKE: &str = "unknown";

/// Reads a row. Phrases that name no firearm of their own are refused.
pub(super) fn read(row: &Read<'_>, makes: &Makes) -> Result<Model, String> {
    let (heading, section) = (row.named("heading")?, row.named("section")?);
    let (design, name) = (row.sentence("design")?, row.named("name")?);
    let lower = name.to_lowercase();
    if lower.starts_with("any ") || lower.starts_with("all ") {
        return Err("it is a rule, it names no firearm".into());
    }
    if lower.starts_with("firearm of the design") || lower.starts_with("firearms of the design") {
        return Err("it repeats the design's name".into());
    }
    let mut names = name.split(" and the ").map(str::trim).filter(|name| !name.is_empty());
    let first = names.next().ok_or("the name is empty")?;
    let (make, model) = split(first, makes);
    // A variant is of its design's make where it names none.
    let make = make.or_else(|| split(design.split(" and the ").next().unwrap_or(""), makes).0);
    let (model, kind) = without_kind(model);
    let mut aliases: Vec<String> =
        names.map(|other| without_kind(split(other, makes).1).0.to_owned()).collect();
    aliases.retain(|alias| alias != model);
    let order = heading.rsplit("No.").next().filter(|_| heading.contains("No.")).unwrap_or(&heading);
    Ok(Model {
        id: text::slug(&format!("{order} {section} {name}")),
        make: make.unwrap_or(UNKNOWN_MAKE).to_owned(),
        model: model.to_owned(),
        aliases,
        kind: kind.to_owned(),
        kept: vec![
            ("heading".into(), heading.clone()),
            ("section".into(), section),
            ("design".into(), design.clone()),
        ],
        ..Model::default()
    })
}

/// The longest beginning that is surely a make, and the rest.
fn split<'a>(name: &'a str, makes: &Makes) -> (Option<&'a str>, &'a str) {
    let ends: Vec<usize> = name.match_indices(' ').map(|(at, _)| at).take(MOST_WORDS).collect();
    let found = ends.into_iter().rev().find(|end| makes.find_one(&name[..*end]).is_some());
    found.map_or((None, name), |end| (Some(&name[..end]), name[end..].trim()))
}

fn without_kind(name: &str) -> (&str, &str) {
    for kind in KINDS {
        let rest = name.len().checked_sub(kind.len()).filter(|at| name.is_char_boundary(*at));
        if let Some(at) = rest
            && name[at..].eq_ignore_ascii_case(kind)
            && name[..at].ends_with(' ')
            && !name[..at].trim().is_empty()
        {
            return (name[..at].trim(), &name[at..]);
        }
    }
    (name, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kind_at_the_end_is_not_part_of_the_name() {
        for (name, expected) in [
            ("SPAS 12 shotgun", ("SPAS 12", "shotgun")),
            ("Streetsweeper", ("Streetsweeper", "")),
            ("shotgun", ("shotgun", "")),
        ] {
            assert_eq!(without_kind(name), expected);
        }
    }
}
