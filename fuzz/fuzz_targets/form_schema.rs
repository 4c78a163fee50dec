//! The data file of a form, as an office may write its own: refused or working, never a panic; what it begins with is kept and found
//! again. The same text is read as a kept draft of the shipped record form.
#![no_main]

use std::sync::Arc;

use headstamp::forms::draft::Draft;
use headstamp::forms::schema::{Context, Schema};
use headstamp::forms::shipped::shipped;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(schema) = Schema::parse(text) {
        let schema = Arc::new(schema);
        let mut draft = Draft::new(Arc::clone(&schema), Context::new());
        for _ in 0..draft.stops().len().min(50) {
            draft.add_row();
            draft.focus_next();
        }
        assert!(draft.findings().all().all(|problem| !problem.message.is_empty()));
        let (found, _) = Draft::restore(&draft.to_text(), schema, Context::new()).expect("a kept draft is found again");
        assert_eq!(found.values(), draft.values());
    }
    if let Some(Ok(record)) = shipped("record") {
        if let Ok((draft, _)) = Draft::restore(text, Arc::new(record), Context::new()) {
            let _ = draft.findings();
        }
    }
});
