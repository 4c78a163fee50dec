//! The themes that come with the program: all read, none needs colour, and the focus is seen in each.

// Helpers of tests are tests too, but clippy knows only functions marked so.
#![allow(clippy::panic, clippy::unwrap_used)]

use headstamp::app::theme::{Colour, PRESETS, Scope, Theme, load};
use headstamp::app::{Settings, SettingsFile};

fn preset(name: &str) -> Theme {
    let source = PRESETS.iter().find(|(known, _)| *known == name).unwrap().1;
    load(name, source).unwrap_or_else(|fault| panic!("{fault}"))
}

#[test]
fn focus_is_reversed_in_every_theme_with_and_without_colour() {
    for (name, _) in PRESETS {
        for theme in [preset(name), preset(name).without_colour()] {
            assert!(theme.look(Scope::Focus).reversed, "{name}: the focus is not reversed");
        }
    }
}

#[test]
fn default_theme_asks_for_the_sixteen_colours_only_and_mono_for_none() {
    for scope in Scope::ALL {
        let look = preset("ansi16").look(*scope);
        for colour in [look.fg, look.bg].into_iter().flatten() {
            assert!(matches!(colour, Colour::Ansi(_)), "{}: {colour:?}", scope.id());
        }
        assert_eq!(look.bg, None, "{}: a background costs bytes on every line", scope.id());
        let mono = preset("mono").look(*scope);
        assert_eq!((mono.fg, mono.bg), (None, None), "{}", scope.id());
    }
}

#[test]
fn without_colour_no_colour_is_left() {
    for (name, _) in PRESETS {
        let theme = preset(name).without_colour();
        for scope in Scope::ALL {
            let look = theme.look(*scope);
            assert_eq!((look.fg, look.bg), (None, None), "{name}: {}", scope.id());
        }
    }
}

#[test]
fn a_broken_theme_is_told_and_the_default_used() {
    let file =
        SettingsFile { name: "theme.toml".into(), text: "inherits = \"dark\"\n\nfocus = \"mauvish\"".into() };
    let settings = Settings::read(None, Some(&file));
    assert_eq!(settings.theme, preset("ansi16"));
    let fault = format!("{:?}", settings.faults);
    assert!(fault.contains("Number(3)") && fault.contains("mauvish"), "{fault}");
}
