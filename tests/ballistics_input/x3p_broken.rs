//! Broken and wicked X3P files: each is refused with the right reason, quickly, and none brings the reader down.

use std::time::{Duration, Instant};

use headstamp::ballistics::formats::x3p::{self, Limits, ReadOptions};
use headstamp::ballistics::formats::{self, FormatError};

use crate::files::{Xml, archive, six_floats, x3p as file};

fn refusal(bytes: &[u8]) -> String {
    let started = Instant::now();
    let result = x3p::read(bytes, &ReadOptions::default());
    assert!(started.elapsed() < Duration::from_secs(5), "took {:?}", started.elapsed());
    match result {
        Ok(scan) => format!("READ: {} x {}", scan.surface.cols, scan.surface.rows),
        Err(error) => error.to_string(),
    }
}

fn sized(x: &str, y: &str, z: &str) -> Xml {
    Xml { size: (x.into(), y.into(), z.into()), ..Xml::default() }
}

fn increment(text: &str) -> Xml {
    Xml { cx: format!("<AxisType>I</AxisType><Increment>{text}</Increment>"), ..Xml::default() }
}

fn linked(path: &str) -> Xml {
    let record3 = format!("<DataLink><PointDataLink>{path}</PointDataLink></DataLink>");
    Xml { record3, ..Xml::default() }
}

fn listed(entries: &str) -> Xml {
    Xml { record3: format!("<DataList>{entries}</DataList>"), ..Xml::default() }
}

#[test]
fn documents_that_make_no_sense_are_refused_where_they_go_wrong() {
    let datum = "<Datum>1</Datum>";
    let cz = |kind: &str| Xml {
        cz: format!("<AxisType>A</AxisType><DataType>{kind}</DataType>"),
        ..Xml::default()
    };
    let bomb =
        "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>\n";
    let cases = [
        ("profile", Xml { feature: "PRF", ..Xml::default() }, "a profile"),
        ("point cloud", Xml { feature: "PCL", ..Xml::default() }, "a point cloud"),
        ("unknown feature", Xml { feature: "XYZ", ..Xml::default() }, "FeatureType"),
        ("another root", Xml { root: ("svg", "svg"), ..Xml::default() }, "<svg>"),
        ("entities", Xml { head: bomb, ..Xml::default() }, "DTD"),
        ("cut document", Xml { root: ("ISO5436", "ISO"), ..Xml::default() }, "main.xml cannot be read"),
        ("no columns", sized("0", "2", "1"), "make no surface"),
        ("one row", sized("6", "1", "1"), "make no surface"),
        ("no layers", sized("3", "2", "0"), "make no surface"),
        ("layers", sized("3", "1", "2"), "2 layers"),
        ("negative size", sized("-3", "2", "1"), "not a count"),
        ("size of words", sized("three", "2", "1"), "not a count"),
        ("huge size", sized("4000000000", "4000000000", "1"), "more than the"),
        ("overflowing size", sized("9223372036854775807", "9223372036854775807", "1"), "more than the"),
        ("more than there is", sized("3000", "2000", "1"), "needs 24000000"),
        ("less than there is", sized("2", "2", "1"), "needs 16"),
        ("increment NaN", increment("NaN"), "not a finite number"),
        ("increment inf", increment("inf"), "not a finite number"),
        ("increment of words", increment("five"), "not a finite number"),
        ("increment zero", increment("0"), "zero"),
        ("data type", cz("Q"), "not I, L, F or D"),
        ("no data type", cz(""), "not I, L, F or D"),
        ("link up", linked("../../etc/passwd"), "outside the archive"),
        ("absolute link", linked("/etc/passwd"), "outside the archive"),
        ("drive link", linked("C:\\data.bin"), "outside the archive"),
        ("link to nothing", linked("bindata/other.bin"), "missing from the archive"),
        (
            "neither data nor link",
            Xml { record3: String::new(), ..Xml::default() },
            "DataLink and Record3/DataList",
        ),
        ("short list", listed(datum), "needs 6"),
        ("long list", listed(&datum.repeat(9)), "needs 6"),
        ("list of words", listed(&"<Datum>high</Datum>".repeat(6)), "entry 1"),
        ("list of triples", listed(&"<Datum>1;2;3</Datum>".repeat(6)), "too many numbers"),
        ("list of nothing", listed(&"<Datum/>".repeat(6)), "no point"),
    ];
    let mut faults = Vec::new();
    for (name, xml, word) in cases {
        let refusal = refusal(&file(&xml, &six_floats()));
        if !refusal.contains(word) {
            faults.push(format!("{name}: expected {word:?} in {refusal:?}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn absolute_axes_must_be_a_grid() {
    let absolute = "<AxisType>A</AxisType><DataType>D</DataType>";
    let list = |places: [f64; 6]| {
        let entries: Vec<String> = places.iter().map(|x| format!("<Datum>{x:e};1e-6</Datum>")).collect();
        Xml { cx: absolute.into(), ..listed(&entries.concat()) }
    };
    let grid = list([0.0, 5e-6, 10e-6, 0.0, 5e-6, 10e-6]);
    let scan = x3p::read(&file(&grid, b""), &ReadOptions::default()).expect("an even grid");
    assert!((scan.surface.pitch_x.0 - 5.0).abs() < 1e-9, "{:?}", scan.surface.pitch_x);
    for uneven in [[0.0, 5e-6, 13e-6, 0.0, 5e-6, 13e-6], [0.0, 5e-6, 10e-6, 0.0, 7e-6, 10e-6], [0.0; 6]] {
        let refusal = refusal(&file(&list(uneven), b""));
        assert!(refusal.contains("not evenly spaced"), "{uneven:?}: {refusal}");
    }
}

#[test]
fn archives_that_cost_too_much_are_refused_before_they_cost_it() {
    let xml = sized("8000", "8000", "1").text();
    // 256 million bytes of zeros pack to a quarter of a million.
    let zeros = vec![0u8; 256_000_000];
    let bomb = archive(&[("main.xml", xml.as_bytes()), ("bindata/data.bin", &zeros)]);
    assert!(refusal(&bomb).contains("unpacks to 256000000 bytes"), "{}", refusal(&bomb));

    let long = format!("{}{}", Xml::default().text(), " ".repeat(40_000_000));
    let long = archive(&[("main.xml", long.as_bytes())]);
    assert!(refusal(&long).contains("unpacks to"), "{}", refusal(&long));

    let names: Vec<String> = (0..300).map(|i| format!("f{i}")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert!(refusal(&archive(&many)).contains("300 members"), "{}", refusal(&archive(&many)));

    let nodes = listed(&"<Datum/>".repeat(2000));
    let options =
        ReadOptions { limits: Limits { xml_nodes: 1000, ..Limits::default() }, ..ReadOptions::default() };
    let error = x3p::read(&file(&nodes, b""), &options).expect_err("too many nodes").to_string();
    assert!(error.contains("main.xml cannot be read"), "{error}");
}

#[test]
fn a_declared_size_that_lies_is_found_out() {
    // The central directory says the data are one byte; the stream brings more.
    let mut bytes = file(&Xml::default(), &six_floats());
    let name = b"bindata/data.bin";
    let central = bytes
        .windows(4)
        .enumerate()
        .filter(|(_, w)| *w == b"PK\x01\x02")
        .map(|(at, _)| at)
        .find(|at| bytes[at + 46..].starts_with(name))
        .expect("the directory names the data");
    bytes[central + 24..central + 28].copy_from_slice(&1u32.to_le_bytes());
    let refusal = refusal(&bytes);
    assert!(!refusal.starts_with("READ"), "{refusal}");
}

#[test]
fn cut_or_changed_anywhere_a_file_is_refused_or_read_but_never_panics() {
    let whole = file(&Xml::default(), &six_floats());
    for end in 0..whole.len() {
        let refusal = refusal(&whole[..end]);
        assert!(!refusal.starts_with("READ"), "cut at {end}: {refusal}");
    }
    for at in 0..whole.len() {
        for flip in [0x01, 0x80, 0xff] {
            let mut changed = whole.clone();
            changed[at] ^= flip;
            let _ = x3p::read(&changed, &ReadOptions::default());
        }
    }
}

#[test]
fn files_of_no_known_kind_are_told_apart_by_their_bytes() {
    let options = formats::ReadOptions::default();
    assert!(matches!(formats::read(b"", &options), Err(FormatError::Empty)));
    assert!(matches!(formats::read(b"GIF89a", &options), Err(FormatError::Unknown)));
    assert!(matches!(formats::read(b"PK\x03\x04", &options), Err(FormatError::X3p(_))));
    assert!(matches!(formats::read(b"\xff\xd8\xff", &options), Err(FormatError::Photo(_))));
}
