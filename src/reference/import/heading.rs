//! Headings as a mapping names them: by their words, or by their place where the words do not say which column is meant.
//!
//! `Marke` is the column of that heading. `[7] Nr` is the seventh column, whose heading is `Nr` like another's; `[7]` is the seventh
//! column, which has no heading. The words stay beside the place, so that a saved mapping never fits a list that only has as many
//! columns.

use crate::domain::text::printable;

/// What a mapping calls a column of a list with these headings.
pub fn heading_name(headings: &[String], at: usize) -> String {
    let words = headings.get(at).map(|heading| words(heading)).unwrap_or_default();
    let is_alone = headings.iter().filter(|other| same_heading(other, &words)).count() == 1;
    // A line that begins so is a remark, a place, or the separator.
    let is_taken = words.starts_with(['#', '[']) || words == "delimiter";
    if is_alone && !words.is_empty() && !is_taken {
        return words;
    }
    format!("[{}] {words}", at + 1).trim_end().to_owned()
}

/// Which column a mapping means.
pub(super) fn place_of(headings: &[String], name: &str) -> Option<usize> {
    let by_words = || headings.iter().position(|other| !name.trim().is_empty() && same_heading(other, name));
    by_place(headings, name).or_else(by_words)
}

fn by_place(headings: &[String], name: &str) -> Option<usize> {
    let (place, words) = name.trim().strip_prefix('[')?.split_once(']')?;
    let at = place.trim().parse::<usize>().ok()?.checked_sub(1)?;
    headings.get(at).filter(|heading| same_heading(heading, words)).map(|_| at)
}

/// Headings are compared without case, and any blanks between words are one: a heading may go over two lines.
pub(super) fn same_heading(one: &str, other: &str) -> bool {
    one == other || words(one).to_lowercase() == words(other).to_lowercase()
}

fn words(heading: &str) -> String {
    printable(&heading.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_column_of_any_headings_has_a_name_that_leads_back_to_it() {
        let headings = [
            "Marke",
            "Nr",
            "",
            "Nr",
            "# of rounds",
            "delimiter",
            "A = B",
            "Serial\n  place",
            "",
            "[2] Nr",
            "x\u{200b}",
        ];
        let headings: Vec<String> = headings.map(str::to_owned).to_vec();
        for at in 0..headings.len() {
            let name = heading_name(&headings, at);
            assert_eq!(place_of(&headings, &name), Some(at), "{name}");
            assert!(!name.contains('\n') && !name.starts_with('#'), "{name}");
        }
        assert_eq!(heading_name(&headings, 0), "Marke");
        assert_eq!(heading_name(&headings, 2), "[3]");
        assert_eq!(heading_name(&headings, 3), "[4] Nr");
        assert_eq!(heading_name(&headings, 7), "Serial place");
    }

    proptest::proptest! {
        #[test]
        fn no_headings_have_a_column_without_a_name_of_its_own(
            headings in proptest::collection::vec("[ -~]{0,4}|\\PC{0,3}|[aA#=\\[\\]0-3 ]{0,5}", 1..8)
        ) {
            for at in 0..headings.len() {
                let name = heading_name(&headings, at);
                proptest::prop_assert_eq!(place_of(&headings, &name), Some(at), "{}", name);
            }
        }
    }

    #[test]
    fn place_fits_only_with_its_words() {
        let other: Vec<String> = ["a", "b", "c", "d"].map(str::to_owned).to_vec();
        assert_eq!(place_of(&other, "[4] Nr"), None);
        assert_eq!(place_of(&other, "[3]"), None);
        assert_eq!(place_of(&other, "[9]"), None);
        assert_eq!(place_of(&other, ""), None);
    }
}
