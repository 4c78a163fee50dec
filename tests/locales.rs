//! Every string a person reads comes from `locales/`: keys that are used exist, words and rules have their sentences, and no
//! literal with letters is handed to what draws or prints.

// Helpers of tests are tests too, but clippy knows only functions marked so.
#![allow(clippy::panic, clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use headstamp::app::command::COMMANDS;
use headstamp::app::screen::ScreenId;
use headstamp::domain::firearm::{ConversionState, FirearmAction, FirearmType, SerialState};
use headstamp::domain::hit::{Agreement, Grade, SerialAgreement};
use headstamp::domain::lifecycle::{Act, RecordState};
use headstamp::domain::record::{Classification, RecordReason};
use headstamp::locale::Locale;
use regex::Regex;

fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                // What stands under `#[cfg(test)]` at the end of a file is no part of the program.
                let program = text.split("\n#[cfg(test)]").next().unwrap_or_default().to_owned();
                found.push((path, program));
            }
        }
    }
    assert!(!found.is_empty(), "no source under {folder}");
    found
}

fn without_comments(text: &str) -> String {
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_message_key_in_the_source_is_in_the_locale() {
    // The calls that take a key: the rest of the convention is that a key is written out where it is used.
    let calls = Regex::new(r#"(?:\.text|\.plain|Message::new|named|\bat|because|reason|Fault::Shape)\(\s*"([a-z][A-Za-z0-9_.-]*)""#).unwrap();
    let locale = Locale::english();
    let mut missing = BTreeSet::new();
    let mut seen = 0;
    let folders =
        ["src/app", "src/ui", "src/term", "src/cli", "src/desk", "src/search", "src/store", "src/forms"];
    for folder in folders {
        for (path, text) in sources(folder) {
            for found in calls.captures_iter(&without_comments(&text)) {
                seen += 1;
                if !locale.has(&found[1]) {
                    missing.insert(format!("{}: {}", path.display(), &found[1]));
                }
            }
        }
    }
    assert!(seen > 100, "only {seen} keys were found: does the pattern still fit the source?");
    assert!(missing.is_empty(), "not in locales/en: {missing:#?}");
}

#[test]
fn no_key_stands_twice_and_every_file_reads() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales/en");
    let key = Regex::new(r"(?m)^([A-Za-z][A-Za-z0-9_-]*) *=").unwrap();
    let mut seen = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let text = fs::read_to_string(entry.path()).unwrap();
        for found in key.captures_iter(&text) {
            assert!(
                seen.insert(found[1].to_owned()),
                "{} stands twice, again in {}",
                &found[1],
                entry.path().display()
            );
        }
        let read = fluent_bundle::FluentResource::try_new(text);
        assert!(read.is_ok(), "{}: {:?}", entry.path().display(), read.err().map(|(_, faults)| faults));
    }
    let locale = Locale::english();
    let lost: Vec<&String> = seen.iter().filter(|key| !locale.has(key)).collect();
    assert!(lost.is_empty(), "in a file that src/locale/mod.rs does not read: {lost:?}");
}

#[test]
fn commands_screens_and_vocabularies_have_their_words() {
    let locale = Locale::english();
    let mut wanted: Vec<String> = Vec::new();
    for command in COMMANDS {
        wanted.extend([command.doc_key(), command.hint_key()]);
    }
    for screen in ScreenId::ALL {
        wanted.extend([format!("screen-{}", screen.id()), format!("screen-{}.about", screen.id())]);
    }
    wanted.extend(headstamp::search::QueryProblem::KEYS.map(str::to_owned));
    wanted.extend(FirearmType::ALL.iter().map(|it| format!("type-{it}")));
    wanted.extend(FirearmAction::ALL.iter().map(|it| format!("action-{it}")));
    wanted.extend(SerialState::ALL.iter().map(|it| format!("serial-state-{it}")));
    wanted.extend(ConversionState::ALL.iter().map(|it| format!("conversion-{it}")));
    wanted.extend(RecordReason::ALL.iter().map(|it| format!("reason-{it}")));
    wanted.extend(RecordState::ALL.iter().map(|it| format!("state-{it}")));
    wanted.extend(Classification::ALL.iter().map(|it| format!("classification-{it}")));
    wanted.extend(Act::ALL.iter().map(|it| format!("act-{it}")));
    wanted.extend(Grade::ALL.iter().map(|it| format!("grade-{it}")));
    for it in SerialAgreement::ALL {
        wanted.extend([format!("agreement-serial-{it}"), format!("agreement-short-{it}")]);
    }
    for it in Agreement::ALL {
        wanted.extend(["make", "calibre", "type"].map(|what| format!("agreement-{what}-{it}")));
    }
    let missing: Vec<String> = wanted.into_iter().filter(|key| !locale.has(key)).collect();
    assert!(missing.is_empty(), "not in locales/en: {missing:#?}");
}

#[test]
fn every_rule_and_every_act_of_the_journal_has_its_sentence() {
    let locale = Locale::english();
    let problem = Regex::new(r#"Problem::(?:error|warning)\(\s*"([^"]+)",\s*[^,]+,\s*"([^"]*)""#).unwrap();
    let listed = Regex::new(r#"\(.*, "[a-z_.]+", "([a-z-]+)"\),"#).unwrap();
    let act = Regex::new(r#""((?:record|check|hit|export|edition)\.[a-z_]+)""#).unwrap();
    let mut missing = BTreeSet::new();
    let mut rules = 0;
    for folder in ["src/domain", "src/desk"] {
        for (path, text) in sources(folder) {
            for found in problem.captures_iter(&text) {
                rules += 1;
                let (rule, detail) = (&found[1], &found[2]);
                let key =
                    if detail.is_empty() { format!("rule-{rule}") } else { format!("rule-{rule}-{detail}") };
                if !locale.has(&key) {
                    missing.insert(key);
                }
            }
            if path.ends_with("rules.rs") {
                for found in listed.captures_iter(&text) {
                    let known = ["V1", "V20", "V21", "V22", "V24", "V25"]
                        .iter()
                        .any(|rule| locale.has(&format!("rule-{rule}-{}", &found[1])));
                    if !known {
                        missing.insert(found[1].to_owned());
                    }
                }
            }
            if folder == "src/desk" {
                for found in act.captures_iter(&text) {
                    let key = format!("did-{}", found[1].replace('.', "-"));
                    if !locale.has(&key) {
                        missing.insert(key);
                    }
                }
            }
        }
    }
    assert!(rules > 20, "only {rules} problems were found: does the pattern still fit the source?");
    assert!(missing.is_empty(), "not in locales/en: {missing:#?}");
}

#[test]
fn no_words_bypass_the_locale() {
    // A `Text` is made by the locale, from foreign data, or from a mark: a mark holds no letters, and nothing else is drawn.
    let mark = Regex::new(r"Text::mark\(([^)]*)\)").unwrap();
    let literal = Regex::new(r#""((?:[^"\\]|\\.)*)""#).unwrap();
    let foreign = Regex::new(r#"Text::foreign\(\s*"([^"]*)""#).unwrap();
    let raw = Regex::new(r"set_string|set_stringn|set_line|set_span|text::Span|Span::raw|Span::styled|Line::from|Paragraph::|\bprintln!|\beprintln!|\bprint!").unwrap();
    let mut faults = Vec::new();
    for folder in ["src/app", "src/ui", "src/term"] {
        for (path, text) in sources(folder) {
            let code = without_comments(&text);
            for found in mark.captures_iter(&code) {
                for word in literal.captures_iter(&found[1]) {
                    // `[x]` is how a switch that is on is marked everywhere.
                    if word[1] != *"[x]" && word[1].chars().any(char::is_alphabetic) {
                        faults.push(format!("{}: a mark with letters: {}", path.display(), &word[1]));
                    }
                }
            }
            for found in foreign.captures_iter(&code) {
                if found[1].chars().any(char::is_alphabetic) {
                    faults.push(format!("{}: foreign text that is a literal: {}", path.display(), &found[1]));
                }
            }
            if !path.ends_with("ui/canvas.rs") {
                for found in raw.find_iter(&code) {
                    faults.push(format!(
                        "{}: draws or prints past the canvas: {}",
                        path.display(),
                        found.as_str()
                    ));
                }
            }
        }
    }
    let facts = Regex::new(r"\{[^}]*\}").unwrap();
    let print =
        Regex::new(r#"(?:println!|eprintln!|print!|out::line|out::error_line)\(\s*"([^"]*)""#).unwrap();
    for (path, text) in sources("src/cli") {
        for found in print.captures_iter(&without_comments(&text)) {
            let words = facts.replace_all(&found[1], "").into_owned();
            if words.chars().any(char::is_alphabetic) {
                faults.push(format!("{}: prints words of its own: {}", path.display(), &found[1]));
            }
        }
    }
    assert!(faults.is_empty(), "strings that bypass locales/:\n{}", faults.join("\n"));
}

#[test]
fn errors_have_no_words_of_their_own_and_their_keys_are_in_the_locale() {
    let attribute = Regex::new(r#"#\[error\(\s*"((?:[^"\\]|\\.)*)""#).unwrap();
    let facts = Regex::new(r"\{[^}]*\}").unwrap();
    // Words that stand in the sentence of an error are named by keys of these families, wherever they are written.
    let key = Regex::new(
        r#""((?:error|store|search|doing|hint|fault|kept|refused|line|notice|list|pattern|draft|holder|host)-[a-z0-9-]+)""#,
    )
    .unwrap();
    let locale = Locale::english();
    let (mut worded, mut missing, mut seen) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    for folder in ["src/desk", "src/store", "src/search", "src/app", "src/forms", "src/cli"] {
        for (path, text) in sources(folder) {
            let code = without_comments(&text);
            // A fault of a shipped data file that a test reads is told to programmers; the screens name it by its own key.
            let for_programmers =
                ["app/key.rs", "keymap/load.rs", "theme/load.rs", "schema/mod.rs", "forms/path.rs"];
            if !for_programmers.iter().any(|file| path.ends_with(file)) {
                for found in attribute.captures_iter(&code) {
                    if facts.replace_all(&found[1], "").chars().any(char::is_alphabetic) {
                        worded.push(format!("{}: {}", path.display(), &found[1]));
                    }
                }
            }
            if ["src/desk", "src/store", "src/search"].contains(&folder) {
                for found in key.captures_iter(&code) {
                    seen.insert(found[1].to_owned());
                    if !locale.has(&found[1]) {
                        missing.insert(format!("{}: {}", path.display(), &found[1]));
                    }
                }
            }
        }
    }
    assert!(worded.is_empty(), "errors with words of their own:\n{}", worded.join("\n"));
    assert!(seen.len() > 100, "only {} keys were found: does the pattern still fit the source?", seen.len());
    assert!(missing.is_empty(), "not in locales/en: {missing:#?}");
    // The commands over ballistic files still speak with the words of the engine, which knows no locale.
    let raised = Regex::new(r#"(?:bail!|anyhow!|context)\(\s*(?:\|\| )?(?:format!\()?"([^"]*)""#).unwrap();
    for (path, text) in sources("src/cli") {
        if path.components().any(|part| part.as_os_str() == "ballistics") {
            continue;
        }
        for found in raised.captures_iter(&without_comments(&text)) {
            if facts.replace_all(&found[1], "").chars().any(char::is_alphabetic) {
                worded.push(format!("{}: {}", path.display(), &found[1]));
            }
        }
    }
    assert!(worded.is_empty(), "faults of the command line with words of their own:\n{}", worded.join("\n"));
    for what in ["purpose", "reason", "case"] {
        assert!(locale.has(&format!("error-{what}-missing")), "{what}");
    }
    for state in headstamp::desk::HitState::ALL {
        assert!(locale.has(&format!("error-decided-{state}")), "{state}");
    }
}
