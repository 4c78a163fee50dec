//! The query language: what is understood, what is reported, and that a query written back reads the same.

use headstamp::search::query::{Part, Query, Relation, parse};
use headstamp::search::{Field, QueryProblem};
use proptest::prelude::*;

/// A query as compact text: `make≈zastava` and so on.
fn shown(query: &Query) -> String {
    let part = |part: &Part| {
        let sign = if part.exclude { "-" } else { "" };
        let field = part.field.map_or("", Field::name);
        let relation = match part.relation {
            Relation::Is => "=",
            Relation::Phrase => "≡",
            Relation::Begins => "^",
            Relation::Shape => "~",
            Relation::Since => "≥",
            Relation::Until => "≤",
            Relation::Between => "∈",
            Relation::Unknown => "?",
            Relation::Unresolved => "!",
        };
        let join = if part.or { "| " } else { "" };
        format!("{join}{sign}{field}{relation}{}", part.values.join(","))
    };
    query.parts().iter().map(part).collect::<Vec<_>>().join(" ")
}

#[test]
fn queries_are_understood_as_a_person_means_them() {
    let cases = [
        (
            "make:zastava stolen since:2024 \"rue haute\"",
            "make=zastava reason=stolen on≥2024-01-01 ≡rue haute",
        ),
        ("", ""),
        ("zastava", "^zastava"),
        ("zastava ", "=zastava"),
        ("z", "=z"),
        ("黑", "^黑"),
        ("zast* x ", "^zast =x"),
        ("\"stolen\"", "=stolen"),
        ("\"stol", "^stol"),
        ("\"rue ha\"* ", "^rue ha"),
        ("M-70 ", "≡M-70"),
        (
            "STOLEN Cancelled canceled seized closed",
            "reason=stolen state=cancelled state=cancelled reason=seized_for_trace state=closed_returned,closed_evidence,closed_destroyed",
        ),
        (
            "state:hit,located reason:seized",
            "state=hit_pending,hit_confirmed,located reason=seized_for_trace",
        ),
        ("-stolen -make:cz", "-reason=stolen -make=cz"),
        ("NOT stolen", "-reason=stolen"),
        ("make:zastava OR make:cz stolen", "make=zastava | make=cz reason=stolen"),
        ("a b | c AND d ", "=a =b | =c =d"),
        ("a OR", "=a"),
        ("serial:c-48113 x", "serial=C48113 =x"),
        ("serial:c48", "serial^C48"),
        ("serial:c48?1[8B]", "serial~C48?1[8B]"),
        ("C48?13 x", "serial~C48?13 =x"),
        ("no:es-2026-0009", "no^ES20260009"),
        ("country:be,FR owner:es", "country=BE,FR owner=ES"),
        ("country:Belgium ", "country!Belgium"),
        ("since:2024-03 until:2024-06-02 on:2024", "on≥2024-03-01 on≤2024-06-02 on∈2024-01-01,2024-12-31"),
        ("year:2024 on:unknown", "on∈2024-01-01,2024-12-31 on?"),
        ("entered:2024.. due:2026-12", "entered≥2024-01-01 due≤2026-12-31"),
        ("due:2026-01-01..2026-02", "due∈2026-01-01,2026-02-28"),
        ("make: \"česká zbrojovka\"", "make≡česká zbrojovka"),
        ("caliber:7.65 Maker:x ", "calibre≡7.65 make=x"),
        ("smith & wesson ", "=smith =wesson"),
        ("https://example.org/x 12:30 ", "≡https://example.org/x ≡12:30"),
        ("- -- *** \"\"", ""),
        ("\u{1b}[31mred ", "≡\u{1b}[31mred"),
    ];
    for (text, expected) in cases {
        let parsed = parse(text);
        assert_eq!(shown(&parsed.query), expected, "of {text:?}");
        assert_eq!(parsed.problems, [], "of {text:?}");
    }
}

#[test]
fn what_is_not_understood_is_reported_with_its_place_and_the_rest_still_searches() {
    let cases = [
        ("foo:bar zastava ", "foo", "query-unknown-field", "=zastava"),
        ("stolen since:yesterday x ", "yesterday", "query-bad-date", "reason=stolen =x"),
        ("on:2024-13 x ", "2024-13", "query-bad-date", "=x"),
        ("state:gone x ", "gone", "query-unknown-state", "=x"),
        ("reason:because x ", "because", "query-unknown-reason", "=x"),
        ("reason:stolen,because ", "stolen,because", "query-unknown-reason", "reason=stolen"),
        ("make:\"\" x ", "make:\"\"", "query-empty-value", "=x"),
        ("make:-- x ", "--", "query-empty-value", "=x"),
        ("OR x ", "OR", "query-misplaced-or", "=x"),
        ("za*va x ", "za*va", "query-misplaced-star", "≡za*va =x"),
        ("serial:A[8B x ", "A[8B", "query-pattern-bracket", "=x"),
        ("serial:A[] x ", "A[]", "query-pattern-empty", "=x"),
        ("serial:1*2 x ", "1*2", "query-pattern-star", "=x"),
        ("serial:??? x ", "???", "query-pattern-nothing", "=x"),
        (
            "serial:?123456789012345678901234567890123 x ",
            "?123456789012345678901234567890123",
            "query-pattern-long",
            "=x",
        ),
        ("no:-- x ", "--", "query-bad-number", "=x"),
    ];
    for (text, place, key, rest) in cases {
        let parsed = parse(text);
        let [problem] = parsed.problems.as_slice() else {
            panic!("{text:?} has {:?}", parsed.problems);
        };
        assert_eq!((&text[problem.span.clone()], problem.key), (place, key), "of {text:?}");
        assert_eq!(shown(&parsed.query), rest, "of {text:?}");
        assert!(!problem.unfinished, "{text:?} is finished");
    }
    let unfinished = parse("stolen since:20").problems;
    assert!(unfinished.iter().all(|problem| problem.unfinished) && unfinished.len() == 1, "{unfinished:?}");
}

#[test]
fn endless_queries_are_cut_and_reported() {
    let parsed = parse(&"x ".repeat(10_000));
    assert_eq!(parsed.query.clauses.len(), 64);
    assert_eq!(parsed.problems.iter().map(|problem| problem.key).collect::<Vec<_>>(), ["query-too-long"]);
}

#[test]
fn reference_table_says_what_is_meant() {
    let mut query = parse("make:cz country:Belgium owner:Atlantis glock 9x19 ").query;
    let unknown = query.map_values(|field, value| match (field, value) {
        (Field::Make, "cz") => vec!["ceska-zbrojovka".to_owned()],
        (Field::Make, "glock") => vec!["glock".to_owned()],
        (Field::Calibre, "9x19") => vec!["9mm-luger".to_owned()],
        (Field::Country, "Belgium") => vec!["BE".to_owned(), "not a code".to_owned()],
        _ => Vec::new(),
    });
    assert_eq!(unknown, ["Atlantis"]);
    assert_eq!(shown(&query), "make=cz country=BE owner!Atlantis =glock ≡9x19");
    let meant: Vec<Vec<String>> = query.parts().into_iter().map(|part| part.meant).collect();
    assert_eq!(meant, [vec!["ceska-zbrojovka"], vec![], vec![], vec!["glock"], vec!["9mm-luger"]]);
}

fn pieces() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "make:",
        "serial:",
        "-",
        "\"",
        "“",
        " ",
        "OR",
        "|",
        "NOT ",
        "*",
        "?",
        "[8B]",
        "[",
        "stolen",
        "closed",
        "since:",
        "on:2024",
        "2024-03",
        "..",
        "country:be",
        "owner:",
        ",",
        "no:ES-2026-1",
        "zastava",
        "Ж12",
        "黑星",
        "due:",
        "x",
        "foo:",
        "state:hit",
        ">=2020",
        "/",
        "due:unknown",
        "é",
        "\u{202e}",
        "12:30",
        "C48?13",
    ]);
    prop::collection::vec(prop_oneof![8 => fixed.prop_map(str::to_owned), 1 => any::<String>()], 0..12)
        .prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn query_written_back_reads_the_same(text in pieces()) {
        let query = parse(&text).query;
        let written = query.to_string();
        let again = parse(&written);
        prop_assert_eq!(&again.query, &query, "written as {:?}", written);
    }

    #[test]
    fn problems_lie_in_the_text_and_have_known_sentences(text in pieces()) {
        for problem in parse(&text).problems {
            prop_assert!(text.get(problem.span.clone()).is_some(), "{:?}", problem);
            prop_assert!(QueryProblem::KEYS.contains(&problem.key), "{:?}", problem);
        }
    }
}
