//! Marking in a text what a query found in it. Pure.

use std::ops::Range;

use super::query::{Query, TextField, What, Words as Wanted, edits_allowed};
use super::words::Words;

/// A word of the text and where it stands.
struct Placed {
    word: String,
    place: Range<usize>,
}

/// The whole text in ranges, each with whether it is what the query asks for. `field` is the field the text stands in: words
/// that are asked for in another field are not marked.
pub fn highlight(text: &str, field: TextField, query: &Query) -> Vec<(Range<usize>, bool)> {
    let placed = placed(text);
    let mut marks = Vec::new();
    for condition in
        query.clauses.iter().flat_map(|clause| &clause.any).filter(|condition| !condition.exclude)
    {
        if let What::Words(wanted) = &condition.what
            && wanted.field.is_none_or(|wanted| wanted == field)
        {
            mark(&placed, wanted, &mut marks);
        }
    }
    cover(text, marks)
}

fn placed(text: &str) -> Vec<Placed> {
    let (mut cursor, mut word, mut all) = (Words::of(text), String::new(), Vec::new());
    while let Some(place) = cursor.next_into(&mut word) {
        all.push(Placed { word: word.clone(), place });
    }
    all
}

fn mark(placed: &[Placed], wanted: &Wanted, marks: &mut Vec<Range<usize>>) {
    let whole = |run: &[Placed]| -> bool {
        let last = run.len() - 1;
        run.iter().zip(&wanted.words).enumerate().all(|(at, (placed, word))| {
            placed.word == *word || (at == last && wanted.prefix && placed.word.starts_with(word.as_str()))
        })
    };
    let before = marks.len();
    for run in placed.windows(wanted.words.len().max(1)).filter(|run| whole(run)) {
        marks.push(run[0].place.start..run[run.len() - 1].place.end);
    }
    let [word] = wanted.words.as_slice() else { return };
    if marks.len() == before && !wanted.quoted && word.chars().all(char::is_alphabetic) {
        let near = |placed: &&Placed| is_near(&placed.word, word, usize::from(edits_allowed(word)));
        marks.extend(placed.iter().filter(near).map(|placed| placed.place.clone()));
    }
}

/// Ranges that cover the text, from marks in any order that may overlap.
fn cover(text: &str, mut marks: Vec<Range<usize>>) -> Vec<(Range<usize>, bool)> {
    marks.sort_by_key(|mark| (mark.start, mark.end));
    let mut all: Vec<(Range<usize>, bool)> = Vec::new();
    let mut at = 0;
    for mark in marks {
        match all.last_mut() {
            Some((last, true)) if mark.start <= last.end => last.end = last.end.max(mark.end),
            _ => {
                if at < mark.start {
                    all.push((at..mark.start, false));
                }
                all.push((mark, true));
            }
        }
        at = all.last().map_or(at, |(last, _)| last.end);
    }
    if at < text.len() {
        all.push((at..text.len(), false));
    }
    all
}

/// Whether one word becomes the other by at most `most` letters added, left out, changed or swapped with their neighbour.
pub(crate) fn is_near(a: &str, b: &str, most: usize) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if most == 0 || a.len().abs_diff(b.len()) > most {
        return a == b;
    }
    let mut rows = vec![vec![0_usize; b.len() + 1]; a.len() + 1];
    for (at, row) in rows.iter_mut().enumerate() {
        row[0] = at;
    }
    for (at, cell) in rows[0].iter_mut().enumerate() {
        *cell = at;
    }
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = change.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = best;
        }
    }
    rows[a.len()][b.len()] <= most
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::parse;

    #[test]
    fn what_was_found_is_marked_in_the_text() {
        let cases = [
            ("Stolen in the Rue Haute, Liège.", "\"rue haute\" liege", "Stolen in the [Rue Haute], [Liège]."),
            ("Zastava M-70 and M70", "m70 ", "Zastava [M-70] and [M70]"),
            ("Zastavka", "zast*", "[Zastavka]"),
            ("Zastawa", "zastava ", "[Zastawa]"),
            ("Zastawa", "\"zastava\"", "Zastawa"),
            ("Liège", "make:liege place:\"rue\"", "Liège"),
            ("Liège", "-liege x", "Liège"),
            ("aa bb cc", "\"aa bb\" \"bb cc\"", "[aa bb cc]"),
            ("", "x", ""),
        ];
        for (text, query, expected) in cases {
            let shown: String = highlight(text, TextField::Text, &parse(query).query)
                .into_iter()
                .map(
                    |(range, found)| {
                        if found { format!("[{}]", &text[range]) } else { text[range].to_owned() }
                    },
                )
                .collect();
            assert_eq!(shown, expected, "of {query:?} in {text:?}");
        }
    }
}
