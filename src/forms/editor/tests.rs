use proptest::prelude::*;

use super::*;

/// The text with `|` where the cursor is.
fn shown(editor: &Editor) -> String {
    format!("{}|{}", &editor.text[..editor.cursor], &editor.text[editor.cursor..])
}

fn editor(shown: &str, lines: Lines) -> Editor {
    let at = shown.find('|').unwrap_or(shown.len());
    let mut editor = Editor::new(&shown.replacen('|', "", 1), lines, 40);
    editor.set_cursor(at);
    editor
}

#[test]
fn edits_do_what_they_say() {
    use Edit::*;
    let cases: &[(&str, &[Edit], &str)] = &[
        ("ab|", &[Insert('c')], "abc|"),
        ("a|c", &[Insert('b')], "ab|c"),
        ("e|", &[Insert('\u{301}')], "e\u{301}|"),
        ("e\u{301}|", &[DeleteLeft], "|"),
        ("|e\u{301}x", &[DeleteRight], "|x"),
        ("a👮🏽\u{301}|", &[Left], "a|👮🏽\u{301}"),
        ("one two|", &[WordLeft], "one |two"),
        ("one two|", &[WordLeft, WordLeft, WordLeft], "|one two"),
        ("|one, two", &[WordRight], "one|, two"),
        ("|one, two", &[WordRight, WordRight], "one, two|"),
        ("one two|", &[DeleteWordLeft], "one |"),
        ("one two|", &[DeleteWordLeft, LineStart, Yank], "two|one "),
        ("|one two", &[DeleteWordRight], "| two"),
        ("one| two", &[KillToEnd, LineStart, Yank], " two|one"),
        ("one| two", &[KillToStart], "| two"),
        ("one| two", &[KillAll, Yank, Yank], "one twoone two|"),
        ("|", &[Paste("a\tb".into())], "a b|"),
        ("|", &[DeleteLeft, DeleteRight, Left, Right, WordLeft, WordRight, Yank], "|"),
    ];
    for (before, edits, after) in cases {
        let mut editor = editor(before, Lines::One);
        for edit in *edits {
            editor.apply(edit);
        }
        assert_eq!(shown(&editor), *after, "{before} {edits:?}");
    }
}

#[test]
fn lines_keep_their_column() {
    use Edit::*;
    let cases: &[(&str, &[Edit], &str)] = &[
        ("abcd|\nx\nabcdef", &[Down], "abcd\nx|\nabcdef"),
        ("abcd|\nx\nabcdef", &[Down, Down], "abcd\nx\nabcd|ef"),
        ("abcd|\nx\nabcdef", &[Down, Down, Up, Up], "abcd|\nx\nabcdef"),
        ("漢字|\nabcdef", &[Down], "漢字\nabcd|ef"),
        ("abc|\n漢字", &[Down], "abc\n漢|字"),
        ("|abc", &[Up], "|abc"),
        ("ab|\ncd", &[KillToEnd], "ab|cd"),
        ("ab|", &[NewLine, Insert('c')], "ab\nc|"),
        ("ab\n|", &[Up], "|ab\n"),
        ("|", &[Paste("a\r\nb\rc".into())], "a\nb\nc|"),
    ];
    for (before, edits, after) in cases {
        let mut editor = editor(before, Lines::Many);
        for edit in *edits {
            editor.apply(edit);
        }
        assert_eq!(shown(&editor), *after, "{before:?} {edits:?}");
    }
}

#[test]
fn pasted_lines_become_spaces_in_a_field_of_one_line() {
    let mut editor = editor("|", Lines::One);
    assert_eq!(editor.apply(&Edit::Paste("\nrue Haute\r\nBruxelles\n".into())), Outcome::Changed);
    assert_eq!(editor.text(), "rue Haute Bruxelles");
}

#[test]
fn what_steers_a_terminal_is_refused_and_nothing_of_it_taken() {
    for hostile in ["a\x1b[2Jb", "\u{202e}abc", "x\u{200b}y", "\u{7f}"] {
        let mut editor = editor("kept|", Lines::Many);
        let outcome = editor.apply(&Edit::Paste(hostile.into()));
        assert!(matches!(outcome, Outcome::Refused(Refusal::Unsafe { .. })), "{hostile:?}: {outcome:?}");
        assert_eq!(shown(&editor), "kept|");
    }
    assert_eq!(editor("|", Lines::One).apply(&Edit::NewLine), Outcome::Refused(Refusal::OneLine));
}

#[test]
fn text_that_does_not_fit_is_refused_whole() {
    let mut editor = editor("0123456789|", Lines::One);
    let outcome = editor.apply(&Edit::Paste("x".repeat(31)));
    assert_eq!(outcome, Outcome::Refused(Refusal::TooLong { max: 40, would_be: 41 }));
    assert_eq!(editor.apply(&Edit::Paste("x".repeat(30))), Outcome::Changed);
}

#[test]
fn text_longer_than_the_field_is_kept_and_can_be_shortened() {
    let mut editor = Editor::new("too long", Lines::One, 3);
    assert_eq!(editor.text(), "too long");
    assert_eq!(editor.apply(&Edit::DeleteLeft), Outcome::Changed);
}

fn any_edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        any::<char>().prop_map(Edit::Insert),
        "[a-z \\n👮🏽\u{301}漢🇪🇸]{0,6}".prop_map(Edit::Paste),
        proptest::sample::select(vec![
            Edit::NewLine,
            Edit::DeleteLeft,
            Edit::DeleteRight,
            Edit::DeleteWordLeft,
            Edit::DeleteWordRight,
            Edit::KillToEnd,
            Edit::KillToStart,
            Edit::KillAll,
            Edit::Yank,
            Edit::Left,
            Edit::Right,
            Edit::WordLeft,
            Edit::WordRight,
            Edit::LineStart,
            Edit::LineEnd,
            Edit::TextStart,
            Edit::TextEnd,
            Edit::Up,
            Edit::Down,
        ]),
    ]
}

proptest! {
    #[test]
    fn the_cursor_is_always_between_graphemes_and_the_text_safe(
        start in "[a-z \\n👮🏽\u{301}漢🇪🇸]{0,12}",
        edits in proptest::collection::vec(any_edit(), 0..40),
    ) {
        let mut editor = Editor::new(&start, Lines::Many, 60);
        for edit in &edits {
            let before = editor.text().to_owned();
            let outcome = editor.apply(edit);
            let at = editor.cursor();
            prop_assert!(
                at == editor.text().len() || editor.text().grapheme_indices(true).any(|(start, _)| start == at),
                "{edit:?} left the cursor inside a grapheme of {:?} at {at}", editor.text()
            );
            prop_assert!(editor.text().chars().all(|c| c == '\n' || !is_unsafe(c)), "{edit:?}");
            prop_assert!(editor.text().chars().count() <= 60 , "{edit:?}");
            prop_assert_eq!(editor.text() != before, outcome == Outcome::Changed, "{:?}", edit);
        }
    }
}
