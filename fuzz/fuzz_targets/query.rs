//! Queries: whatever is typed is read, its problems lie in the text, written back it reads the same, and it can mark any text.
#![no_main]

use headstamp::search::query::TextField;
use headstamp::search::{QueryProblem, highlight, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let parsed = parse(text);
    for problem in &parsed.problems {
        assert!(text.get(problem.span.clone()).is_some());
        assert!(QueryProblem::KEYS.contains(&problem.key));
    }
    let written = parsed.query.to_string();
    assert_eq!(parse(&written).query, parsed.query, "written as {written:?}");
    let marked = highlight(text, TextField::Text, &parsed.query);
    let covered: String = marked.iter().map(|(range, _)| &text[range.clone()]).collect();
    assert_eq!(covered, text);
});
