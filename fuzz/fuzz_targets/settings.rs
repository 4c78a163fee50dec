//! The files of a user's config folder, keymap and theme, and a script of keys: used or refused with a message, never a panic, and a
//! refused file leaves the default.
#![no_main]

use headstamp::app::key::parse_script;
use headstamp::app::{Settings, SettingsFile};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let file = SettingsFile { name: "user.toml".to_owned(), text: text.to_owned() };
    let settings = Settings::read(Some(&file), Some(&file));
    assert!(settings.faults.len() <= 2);
    for key in parse_script(text).unwrap_or_default() {
        let written = key.to_string();
        assert_eq!(written.parse(), Ok(key), "a key is written as {written:?}");
    }
});
