//! A projection that is not what was written: the journal is whole, one file of `state/` or the lock holds any bytes. Opening mends it
//! or refuses; what was confirmed is there whenever it opens.
#![no_main]

use headstamp::domain::id::DocId;
use headstamp::domain::officer::Officer;
use headstamp::store::{DiskStore, DocKind, Keys, NewEntry, Nonces, OpenOptions, Store};
use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;

const DOC: DocId = DocId::from_bytes([7; 16]);

fuzz_target!(|data: &[u8]| {
    let Some((choice, bytes)) = data.split_first() else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let options = OpenOptions::new(|_, _| Keys::default(), Officer("A. Ferrer".into())).nonces(Nonces::Fixed);
    {
        let store = DiskStore::create(folder.path(), &options).expect("an empty folder");
        let entry = NewEntry {
            at: Timestamp::UNIX_EPOCH,
            officer: Officer("A. Ferrer".into()),
            purpose: "a fuzz target".into(),
            act: "record.enter".into(),
            kind: DocKind::Record,
            doc: DOC,
            parent: None,
            body: "{}".into(),
            keys: Keys::default(),
        };
        store.append(vec![entry]).expect("room");
    }
    let name = ["state/manifest", "state/runs/000001.run", "state/working/db", "state/working/conf", "lock"];
    let path = folder.path().join(name[usize::from(*choice) % name.len()]);
    std::fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("room");
    std::fs::write(&path, bytes).expect("room");
    if let Ok((store, _)) = DiskStore::open(folder.path(), &options) {
        let found = store.document(DOC).expect("the journal is whole");
        assert!(found.is_some(), "what was confirmed is gone");
    }
});
