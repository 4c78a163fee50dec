//! Records from a file or standard input: one JSON document or JSON Lines, read by a thread of its own while the desk writes.
//!
//! A broken line is told with its number and does not stop the others.

use std::io::{self, BufRead, Read as _};
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use serde_json::Value;

use crate::locale::Message;

/// The longest line, and the largest single document: more is no record.
const LONGEST_LINE: u64 = 4 << 20;
const LARGEST_DOCUMENT: u64 = 256 << 20;
/// How far the reader may be ahead of the desk.
const AHEAD: usize = 2_000;

/// One record as it stood in the input.
#[derive(Debug)]
pub(super) struct Item {
    /// The line it began on, from 1.
    pub(super) line: u64,
    /// The text as read, for the file of refused rows.
    pub(super) text: String,
    /// The value, or why it is none.
    pub(super) value: Result<Value, String>,
}

/// Reads items from a file, or standard input for `-`.
pub(super) fn read(path: &Path) -> io::Result<Receiver<Item>> {
    let (send, receive) = sync_channel(AHEAD);
    if path == Path::new("-") {
        std::thread::spawn(move || feed(io::stdin().lock(), &send));
    } else {
        let file = std::fs::File::open(path)?;
        std::thread::spawn(move || feed(io::BufReader::with_capacity(1 << 20, file), &send));
    }
    Ok(receive)
}

/// Sends what is read; stops when nobody listens any more.
fn feed(mut input: impl BufRead, to: &SyncSender<Item>) {
    let mut line = 0;
    loop {
        let mut bytes = Vec::new();
        let read = (&mut input).take(LONGEST_LINE + 1).read_until(b'\n', &mut bytes);
        line += 1;
        let item = match read {
            Err(fault) => Some(Item { line, text: String::new(), value: Err(fault.to_string()) }),
            Ok(0) => return,
            Ok(_) if bytes.len() as u64 > LONGEST_LINE => {
                let value =
                    Err(Message::new("cli-fault-line-too-long").with("most", LONGEST_LINE >> 20).to_string());
                Some(Item { line, text: String::new(), value })
            }
            Ok(_) => parse(bytes, line),
        };
        let Some(item) = item else { continue };
        let fatal = item.text.is_empty();
        if line == 1 && item.value.is_err() && !fatal {
            return whole(item.text, input, to);
        }
        if to.send(item).is_err() || fatal {
            return;
        }
    }
}

/// One line; `None` where it is blank.
fn parse(mut bytes: Vec<u8>, line: u64) -> Option<Item> {
    if line == 1 && bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(fault) => {
            let at = fault.utf8_error().valid_up_to() + 1;
            let text = String::from_utf8_lossy(fault.as_bytes()).into_owned();
            return Some(Item {
                line,
                text,
                value: Err(Message::new("cli-fault-not-utf8").with("at", at.to_string()).to_string()),
            });
        }
    };
    if text.trim().is_empty() {
        return None;
    }
    let value = serde_json::from_str(&text).map_err(|fault| fault.to_string());
    Some(Item { line, text, value })
}

/// The first line is no record by itself: the input is one document over many lines, an object or a list of them.
fn whole(first: String, input: impl BufRead, to: &SyncSender<Item>) {
    let mut text = first;
    let rest = input.take(LARGEST_DOCUMENT).read_to_string(&mut text);
    let parsed = match rest {
        Ok(_) => serde_json::from_str::<Value>(&text).map_err(|fault| fault.to_string()),
        Err(fault) => Err(fault.to_string()),
    };
    match parsed {
        Ok(Value::Array(rows)) => {
            for (at, row) in (1..).zip(rows) {
                if to.send(Item { line: at, text: row.to_string(), value: Ok(row) }).is_err() {
                    return;
                }
            }
        }
        Ok(value) => drop(to.send(Item { line: 1, text: value.to_string(), value: Ok(value) })),
        Err(_) => lines_of(&text, to),
    }
}

/// Neither one document nor begun well: every line for itself, so that the good ones are kept.
fn lines_of(text: &str, to: &SyncSender<Item>) {
    for (line, text) in (1..).zip(text.lines()) {
        if let Some(item) = parse(text.as_bytes().to_vec(), line)
            && to.send(item).is_err()
        {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(input: &[u8]) -> Vec<(u64, bool)> {
        let (send, receive) = sync_channel(100);
        feed(input, &send);
        drop(send);
        receive.into_iter().map(|item| (item.line, item.value.is_ok())).collect()
    }

    #[test]
    fn one_document_a_list_and_lines_are_all_read() {
        type Case = (&'static str, &'static [u8], &'static [(u64, bool)]);
        let cases: &[Case] = &[
            ("one object", b"{\"a\":1}", &[(1, true)]),
            ("object over lines", b"{\n \"a\": 1\n}\n", &[(1, true)]),
            ("list", b"[\n{\"a\":1},\n{\"b\":2}]", &[(1, true), (2, true)]),
            ("lines", b"{\"a\":1}\n\n{\"b\":2}\r\n", &[(1, true), (3, true)]),
            ("byte order mark", b"\xef\xbb\xbf{\"a\":1}\n", &[(1, true)]),
            ("broken middle", b"{\"a\":1}\n{broken\n{\"b\":2}\n", &[(1, true), (2, false), (3, true)]),
            ("broken first", b"{broken\n{\"b\":2}\n", &[(1, false), (2, true)]),
            ("not UTF-8", b"{\"a\":1}\n{\"a\":\"\xff\"}\n{\"b\":2}\n", &[(1, true), (2, false), (3, true)]),
            ("empty", b"", &[]),
        ];
        for (what, input, expected) in cases {
            assert_eq!(items(input), *expected, "{what}");
        }
    }
}
