//! The gallery in memory streams: what is written is read, what is damaged is refused.

use std::io::Cursor;

use super::*;
use crate::ballistics::map::Map;
use crate::ballistics::signature::Signature;

fn head(id: &str, calibre: Option<&str>) -> EntryHead {
    EntryHead {
        id: id.to_owned(),
        version: "1".to_owned(),
        calibre: calibre.map(str::to_owned),
        quantity: Quantity::Height,
        class: ClassCharacteristics::default(),
    }
}

fn signature(seed: usize) -> Signature {
    let mut map = Map::empty(160, 150, 12.5);
    for (index, (z, m)) in map.z.iter_mut().zip(&mut map.m).enumerate() {
        let (x, y) = (index % 160, index / 160);
        if (1..159).contains(&x) && (1..149).contains(&y) {
            *z = (((x / 6) * 31 + (y / 5) * 17 + seed * 7) % 11) as f32 / 4.0 - 1.2;
            *m = 1.0;
        }
    }
    Signature::of(&map)
}

fn written() -> Vec<u8> {
    let mut writer = Writer::new(Cursor::new(Vec::new())).unwrap();
    for (seed, calibre) in [(1, Some("9x19")), (2, None), (3, Some(".45"))] {
        writer.push(&signature(seed), head(&format!("case {seed}"), calibre)).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn entries_come_back_as_they_were_pushed() {
    let gallery = Gallery::open(Cursor::new(written())).unwrap();
    assert_eq!(gallery.heads().len(), 3);
    for (index, seed) in [(0, 1), (1, 2), (2, 3)] {
        assert_eq!(gallery.signature(index).unwrap(), signature(seed), "entry {index}");
    }
}

#[test]
fn unknown_calibre_is_compared_and_another_is_not() {
    let gate = Gate {
        quantity: Quantity::Height,
        calibre: Some("9x19".to_owned()),
        class: ClassCharacteristics::default(),
    };
    let admitted: Vec<bool> =
        Gallery::open(Cursor::new(written())).unwrap().heads().iter().map(|head| gate.admits(head)).collect();
    assert_eq!(admitted, [true, true, false]);
    let photograph =
        Gate { quantity: Quantity::Reflectance, calibre: None, class: ClassCharacteristics::default() };
    assert!(!photograph.admits(&head("a", None)), "a photograph is not compared with heights");
}

#[test]
fn gallery_cut_at_any_length_does_not_open() {
    let bytes = written();
    for length in (0..bytes.len()).step_by(997) {
        assert!(Gallery::open(Cursor::new(bytes[..length].to_vec())).is_err(), "cut to {length} bytes");
    }
}

#[test]
fn unfinished_gallery_does_not_open() {
    let mut writer = Writer::new(Cursor::new(Vec::new())).unwrap();
    writer.push(&signature(1), head("a", None)).unwrap();
    let mut bytes = vec![0; HEAD_BYTES];
    bytes.extend_from_slice(&[0; 5000]);
    assert!(matches!(Gallery::open(Cursor::new(bytes)), Err(GalleryError::NotAGallery)));
}

#[test]
fn flipped_bit_is_noticed_wherever_it_is() {
    let bytes = written();
    for at in [9, 20, 40, HEAD_BYTES + 100, bytes.len() - 3000, bytes.len() - 20] {
        let mut damaged = bytes.clone();
        damaged[at] ^= 4;
        let noticed = match Gallery::open(Cursor::new(damaged)) {
            Err(_) => true,
            Ok(gallery) => (0..3).any(|index| gallery.signature(index).is_err()),
        };
        assert!(noticed, "a bit flipped at byte {at} was not noticed");
    }
}

#[test]
fn another_class_is_not_compared_and_an_unknown_one_is() {
    let class = |firing_pin, aperture_shear| ClassCharacteristics {
        firing_pin,
        aperture_shear,
        ..ClassCharacteristics::default()
    };
    let flat = class(Some(FiringPinShape::Flat), None);
    let gate = Gate { quantity: Quantity::Height, calibre: None, class: flat };
    let cases = [
        (class(Some(FiringPinShape::Flat), Some(true)), true),
        (class(None, Some(false)), true),
        (class(Some(FiringPinShape::Elliptical), None), false),
    ];
    for (class, admitted) in cases {
        assert_eq!(gate.admits(&EntryHead { class, ..head("a", None) }), admitted, "{class:?}");
    }
}

#[test]
fn heads_written_before_class_was_kept_are_read_as_unknown() {
    let head: EntryHead =
        serde_json::from_str(r#"{"id":"a","version":"1","calibre":null,"quantity":"height"}"#).unwrap();
    assert!(head.class.is_unknown());
}

#[test]
fn words_of_classes_are_those_they_are_stored_as() {
    let stored = |value: &dyn Fn() -> serde_json::Value| value().as_str().map(str::to_owned);
    for shape in FiringPinShape::ALL {
        assert_eq!(stored(&|| serde_json::to_value(shape).unwrap()).as_deref(), Some(shape.id()));
    }
    for marks in BreechFaceMarks::ALL {
        assert_eq!(stored(&|| serde_json::to_value(marks).unwrap()).as_deref(), Some(marks.id()));
    }
    for ignition in Ignition::ALL {
        assert_eq!(stored(&|| serde_json::to_value(ignition).unwrap()).as_deref(), Some(ignition.id()));
    }
}
