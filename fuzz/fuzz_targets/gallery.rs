//! A gallery of signatures: any bytes are opened or refused, and whatever opens can be read to its end.
#![no_main]

use std::io::Cursor;

use headstamp::ballistics::gallery::Gallery;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(gallery) = Gallery::open(Cursor::new(bytes)) else { return };
    for index in 0..gallery.heads().len() {
        let _ = gallery.signature(index);
    }
});
