//! The keymaps that come with the program, and what is said of a broken one of a user.

// Helpers of tests are tests too, but clippy knows only functions marked so.
#![allow(clippy::panic, clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use headstamp::app::command::COMMANDS;
use headstamp::app::context::{Context, Place};
use headstamp::app::key::parse_script;
use headstamp::app::keymap::{Keymap, Lookup, PRESETS, load};
use headstamp::app::screen::ScreenId;
use headstamp::app::{Settings, SettingsFile};
use headstamp::locale::Locale;

fn preset(name: &str) -> Keymap {
    let source = PRESETS.iter().find(|(known, _)| *known == name).unwrap().1;
    load(name, source).unwrap_or_else(|fault| panic!("{fault}"))
}

fn places() -> impl Iterator<Item = Place> {
    let screens = || std::iter::once(None).chain(ScreenId::ALL.into_iter().map(Some));
    Context::ALL.into_iter().flat_map(move |context| screens().map(move |screen| Place { context, screen }))
}

#[test]
fn every_keymap_reads_and_every_command_has_a_key_where_it_belongs() {
    for (name, _) in PRESETS {
        let keymap = preset(name);
        let unreachable: Vec<&str> = COMMANDS
            .iter()
            .filter(|command| {
                let screens: Vec<Option<ScreenId>> = match command.screens {
                    [] => std::iter::once(None).chain(ScreenId::ALL.into_iter().map(Some)).collect(),
                    screens => screens.iter().copied().map(Some).collect(),
                };
                !screens.into_iter().any(|screen| {
                    keymap.keys_for(Place { context: command.context, screen }, command.name).is_some()
                })
            })
            .map(|command| command.name)
            .collect();
        assert!(unreachable.is_empty(), "{name}: no key runs {unreachable:?}");
    }
}

#[test]
fn every_key_runs_a_command_of_its_own_context() {
    for (name, _) in PRESETS {
        for (place, keys, command) in preset(name).bindings() {
            let command = headstamp::app::command::find(command).unwrap();
            let fits = command.context == place.context || command.context == Context::Global;
            assert!(fits, "{name}: {place} {keys:?} runs {} of {:?}", command.name, command.context);
        }
    }
}

#[test]
fn no_key_that_types_is_bound_where_text_is_typed() {
    for (name, _) in PRESETS {
        for (place, keys, command) in preset(name).bindings() {
            let typed = keys.first().and_then(|key| key.typed());
            let takes_text = place.context.takes_text() || place.context == Context::Popup;
            assert!(!takes_text || typed.is_none(), "{name}: {place} binds {typed:?} to {command}");
        }
    }
}

#[test]
fn each_keymap_has_a_way_out_everywhere() {
    for (name, _) in PRESETS {
        let keymap = preset(name);
        for place in places() {
            for (what, command) in
                [("a step back", ["back", "leave", "popup-dismiss", "form-leave"]), ("the end", ["quit"; 4])]
            {
                let found = command.iter().any(|command| keymap.keys_for(place, command).is_some());
                assert!(found, "{name}: no key for {what} at {place}");
            }
        }
    }
}

#[test]
fn presets_do_what_their_hands_expect() {
    let cases = [
        ("vim", Context::List, "gg", "first"),
        ("vim", Context::List, "G", "last"),
        ("vim", Context::Global, "ZZ", "quit"),
        ("emacs", Context::Global, "<c-x><c-c>", "quit"),
        ("emacs", Context::List, "<c-n>", "down"),
        ("emacs", Context::Global, "<a-x>", "palette"),
        ("default", Context::Global, "gr", "go-reference"),
    ];
    for (name, context, keys, command) in cases {
        let place = Place { context, screen: None };
        let found = preset(name).lookup(place, &parse_script(keys).unwrap());
        assert_eq!(found, Lookup::Command(command), "{name}: {keys}");
    }
}

#[test]
fn a_user_file_is_laid_over_the_keymap_it_inherits() {
    let file = "inherits = \"vim\"\n[global]\nkeymap = [{ on = \"Q\", run = \"quit\" }, { on = \"q\", run = \"none\" }]\n[list.check]\nkeymap = [{ on = \"Y\", run = \"confirm-hit\" }]\n";
    let keymap = load("mine.toml", file).unwrap();
    let at =
        |context, screen, keys: &str| keymap.lookup(Place { context, screen }, &parse_script(keys).unwrap());
    assert_eq!(at(Context::Global, None, "Q"), Lookup::Command("quit"));
    assert_eq!(at(Context::Global, None, "q"), Lookup::None);
    assert_eq!(at(Context::List, None, "gg"), Lookup::Command("first"));
    assert_eq!(at(Context::List, Some(ScreenId::Check), "Y"), Lookup::Command("confirm-hit"));
    assert_eq!(at(Context::List, Some(ScreenId::Check), "y"), Lookup::Command("confirm-hit"));
}

#[test]
fn a_broken_file_is_named_with_line_and_key_and_the_default_is_used() {
    let cases = [
        ("[global]\nkeymap = [\n  { on = \"g\", run = \"fly\" },\n]", 3, "command", "fly"),
        ("[global]\nkeymap = [{ on = \"<hyper>\", run = \"quit\" }]", 2, "key", "hyper"),
        ("[globe]\nkeymap = []", 1, "section", "globe"),
        ("[list.moon]\nkeymap = []", 1, "section", "moon"),
        (
            "[global]\nkeymap = [\n{ on = \"a\", run = \"quit\" },\n{ on = \"a\", run = \"back\" }]",
            4,
            "duplicate",
            "a",
        ),
        (
            "[global]\nkeymap = [\n{ on = [\"a\", \"b\"], run = \"quit\" },\n{ on = \"a\", run = \"back\" }]",
            4,
            "prefix",
            "a",
        ),
        ("inherits = \"nano\"", 1, "inherits", "nano"),
        ("[global]\nkeymap = 3", 2, "list", "keymap"),
    ];
    let locale = Locale::english();
    for (text, line, what, key) in cases {
        let fault = load("mine.toml", text).unwrap_err();
        assert_eq!((fault.line, fault.what, fault.key.as_str()), (line, what, key), "{text}");
        let file = SettingsFile { name: "mine.toml".into(), text: text.into() };
        let settings = Settings::read(Some(&file), None);
        assert_eq!(settings.keymap, preset("default"), "{text}");
        let said = locale.say(&settings.faults[0]);
        assert!(said.as_str().contains("mine.toml") && said.as_str().contains(key), "{said}");
    }
    for text in [
        "[global",
        "\u{0}",
        "[global]\nkeymap = [{ on = \"a\" }]",
        "[global]\nkeymap = [{ on = [], run = \"quit\" }]",
    ] {
        assert!(load("mine.toml", text).is_err(), "{text:?}");
    }
    assert_eq!(locale.missing(), Vec::<String>::new());
}

#[test]
fn docs_of_the_commands_are_those_of_the_table() {
    let locale = Locale::english();
    let keymap = preset("default");
    let mut text = String::from(
        "# Commands\n\nMade from the table of commands and the default keymap; `HEADSTAMP_DOCS=write cargo test --test keymaps` writes it anew.\n",
    );
    for context in Context::ALL {
        let commands: Vec<_> = COMMANDS.iter().filter(|command| command.context == context).collect();
        if commands.is_empty() {
            continue;
        }
        let title = locale.plain(&format!("context-{}", context.id()));
        writeln!(
            text,
            "\n## {title} (`{}`)\n\n| command | keys | screens | what it does |\n|---|---|---|---|",
            context.id()
        )
        .unwrap();
        for command in commands {
            let screens: Vec<&str> = command.screens.iter().map(|screen| screen.id()).collect();
            let places = screens_of(command.screens).map(|screen| Place { context, screen });
            let keys: BTreeSet<String> = places
                .filter_map(|place| keymap.keys_for(place, command.name))
                .map(|keys| {
                    keys.into_iter().map(headstamp::app::key::Key::label).collect::<Vec<_>>().join(" ")
                })
                .collect();
            let keys: Vec<String> = keys.into_iter().map(|keys| keys.replace('|', "\\|")).collect();
            let doc = locale.plain(&command.doc_key());
            writeln!(text, "| `{}` | {} | {} | {doc} |", command.name, keys.join(", "), screens.join(", "))
                .unwrap();
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/commands.md");
    if std::env::var("HEADSTAMP_DOCS").is_ok_and(|value| value == "write") {
        fs::write(&path, &text).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(found == text, "docs/commands.md is stale: HEADSTAMP_DOCS=write cargo test --test keymaps");
}

fn screens_of(screens: &[ScreenId]) -> impl Iterator<Item = Option<ScreenId>> {
    let all: Vec<Option<ScreenId>> = if screens.is_empty() {
        std::iter::once(None).chain(ScreenId::ALL.into_iter().map(Some)).collect()
    } else {
        screens.iter().copied().map(Some).collect()
    };
    all.into_iter()
}
