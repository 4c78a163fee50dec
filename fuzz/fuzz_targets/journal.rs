//! Any bytes as a line of the journal, and as a journal's only file, plain and compressed: they are read or refused, and nothing
//! panics. A line that is read is what its hashes say.
#![no_main]

use headstamp::store::layout::Workspace;
use headstamp::store::{read_line, verify};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(entry) = read_line(data) {
        assert!(data.windows(entry.body.len()).any(|part| part == entry.body.as_bytes()));
    }
    for name in ["000001.jsonl", "000001.jsonl.lz4"] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let journal = Workspace::new(folder.path()).journal();
        std::fs::create_dir(&journal).expect("a folder");
        std::fs::write(journal.join(name), data).expect("room");
        if let Ok(report) = verify(folder.path(), &|_| {}) {
            assert!(report.entries <= report.seq || !report.is_whole());
        }
    }
});
