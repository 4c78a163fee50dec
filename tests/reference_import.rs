//! The real lists beside the checkout (`../shared/data` or `HEADSTAMP_SHARED`), each read as its importer reads it.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "what was read or not run is printed")]

mod reference_support;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use headstamp::reference::Reference;
use headstamp::reference::import::{CodeTable, Kind, Reading};

use reference_support::{Read, read};

fn shared(file: &str) -> Option<Vec<u8>> {
    let root = std::env::var_os("HEADSTAMP_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let path = root.join("data/reference").join(file);
    let bytes = std::fs::read(&path).ok();
    if bytes.is_none() {
        eprintln!("NOT RUN: {} is absent", path.display());
    }
    bytes
}

struct Expected {
    file: &'static str,
    kind: Kind,
    rows: u64,
    /// The least number of models or codes that must come of it.
    kept: u64,
    /// The least number of models whose make, or codes whose meaning, the table knows.
    known: u64,
}

const LISTS: &[Expected] = &[
    Expected {
        file: "rcmp_frt_slice_A_to_Anderson_1739_facts.csv",
        kind: Kind::Frt,
        rows: 1_739,
        kept: 1_739,
        known: 600,
    },
    Expected {
        file: "canada_asfcp_frn_make_model.csv",
        kind: Kind::Asfcp,
        rows: 2_000,
        kept: 1_900,
        known: 1_000,
    },
    Expected {
        file: "canada_SOR-98-462_named_firearms_OGL.csv",
        kind: Kind::Sor,
        rows: 1_574,
        kept: 1_200,
        known: 500,
    },
    Expected {
        file: "atf_curios_relics_1972-2025_raw_entries_USGOV_PD.csv",
        kind: Kind::AtfCurios,
        rows: 4_207,
        kept: 3_300,
        known: 2_500,
    },
    Expected {
        file: "niem_5.0.1_ncic_gun_make_codes_MAK.csv",
        kind: Kind::NcicMake,
        rows: 3_982,
        kept: 3_900,
        known: 840,
    },
    Expected {
        file: "niem_5.0.1_ncic_gun_calibre_codes_CAL.csv",
        kind: Kind::NcicCalibre,
        rows: 60,
        kept: 60,
        known: 30,
    },
    Expected {
        file: "niem_5.0.1_ncic_gun_type1_codes.csv",
        kind: Kind::NcicType,
        rows: 19,
        kept: 19,
        known: 1,
    },
    Expected {
        file: "niem_5.0.1_ncic_gun_type_combinations.csv",
        kind: Kind::NcicType,
        rows: 20,
        kept: 20,
        known: 10,
    },
    Expected {
        file: "niem_5.0.1_ncic_gun_type2_action_codes.csv",
        kind: Kind::NcicAction,
        rows: 21,
        kept: 21,
        known: 5,
    },
    Expected {
        file: "niem_5.0.1_ncic_country_codes.csv",
        kind: Kind::NcicCountry,
        rows: 200,
        kept: 200,
        known: 150,
    },
    Expected {
        file: "niem_1.0_ncic_gun_finish_colour_codes.csv",
        kind: Kind::NcicColour,
        rows: 27,
        kept: 27,
        known: 0,
    },
];

#[test]
fn every_list_is_recognised_and_its_rows_are_kept_or_refused_with_a_reason() {
    let reference = Reference::shipped().expect("the shipped table loads");
    for expected in LISTS {
        let Some(bytes) = shared(expected.file) else { continue };
        let Read { refused, tally, plan, edition } = read(&reference, "list", &bytes, &Reading::Recognised);
        println!(
            "{}: {} rows, {} models ({} new, {} linked; make {}, calibre {}, type {}), {} codes ({} known, {} new makes), {} refused",
            expected.file,
            tally.rows,
            tally.models,
            tally.new,
            tally.linked,
            tally.known_makes,
            tally.known_calibres,
            tally.known_types,
            tally.codes,
            tally.known_codes,
            tally.new_makes,
            tally.refused
        );
        if std::env::var_os("HEADSTAMP_ROWS").is_some() {
            for row in &refused {
                println!("  {}: {}: {:?}", row.line, row.reason, row.fields);
            }
        }
        assert_eq!(plan.kind, expected.kind, "{}", expected.file);
        assert!(tally.rows >= expected.rows, "{}: {} rows", expected.file, tally.rows);
        let kept = tally.models + tally.codes;
        assert!(kept >= expected.kept, "{}: {kept} kept", expected.file);
        assert_eq!(kept + tally.refused, tally.rows, "{}: a row is neither kept nor refused", expected.file);
        let known = tally.known_makes + tally.known_codes;
        assert!(known >= expected.known, "{}: {known} known", expected.file);
        assert!(refused.iter().all(|row| row.line > 1 && !row.reason.is_empty()));
        assert_eq!(edition.entries.len() as u64 + edition.codes.len() as u64, kept);
    }
}

#[test]
fn preview_tells_what_the_table_then_has() {
    let reference = Reference::shipped().expect("the shipped table loads");
    let Some(bytes) = shared("rcmp_frt_slice_A_to_Anderson_1739_facts.csv") else { return };
    let Read { edition, tally, .. } = read(&reference, "frt", &bytes, &Reading::Recognised);
    let with = reference.with_editions(vec![edition]);
    let own = || with.entries().iter().filter(|entry| entry.id.as_str().starts_with("frt:"));
    assert_eq!(own().filter(|entry| entry.same_as.is_some()).count() as u64, tally.linked);
    assert_eq!(own().filter(|entry| entry.same_as.is_none()).count() as u64, tally.new);
    let card = own().find_map(|entry| with.entry(entry.same_as.as_ref()?.as_str())).expect("some are linked");
    assert!(!card.id.as_str().starts_with("frt:"), "a card or package stays what it was: {}", card.id);
    let without = with.without_edition("frt");
    assert_eq!(without.entries().len(), reference.entries().len());
}

#[test]
fn codes_name_what_they_mean_and_bring_makes_that_change_no_other_name() {
    let reference = Reference::shipped().expect("the shipped table loads");
    let Some(bytes) = shared("niem_5.0.1_ncic_gun_make_codes_MAK.csv") else { return };
    let Read { edition, .. } = read(&reference, "ncic", &bytes, &Reading::Recognised);
    let glock = edition.codes.iter().find(|known| known.code.code == "GLC").expect("NCIC has Glock");
    assert_eq!(glock.code.table, CodeTable::Make);
    let own: Vec<String> = reference.make("Glock").iter().map(ToString::to_string).collect();
    assert_eq!(glock.means, own);
    let brought = edition.makes.first().expect("NCIC has makes that the table does not have").clone();
    let with = reference.with_editions(vec![edition]);
    for make in reference.makes().all() {
        for name in make.names() {
            assert_eq!(with.make(name), reference.make(name), "{name} means something else now");
        }
    }
    assert_eq!(with.make(&brought.name), std::slice::from_ref(&brought.id), "{}", brought.name);
    assert!(with.check().is_empty(), "{:?}", with.check());
}

/// The way of an officer, over the real program: a list of 250,000 rows is previewed, brought in, and searched.
#[test]
fn list_of_a_quarter_of_a_million_rows_is_brought_in_quickly() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = folder.path().join("big.csv");
    let reference = Reference::shipped().expect("the shipped table loads");
    std::fs::write(&list, reference_support::big_list(&reference)).expect("room for the list");
    let list = list.to_str().expect("a plain path");
    let maps: Vec<String> =
        ["id", "make", "model", "calibre", "country"].iter().map(|it| format!("--map={it}={it}")).collect();
    let maps: Vec<&str> = maps.iter().map(String::as_str).collect();
    let run = |arguments: &[&str]| {
        let started = Instant::now();
        let done = std::process::Command::new(env!("CARGO_BIN_EXE_headstamp"))
            .args(arguments)
            .env("HEADSTAMP_WORKSPACE", folder.path().join("workspace"))
            .env("HEADSTAMP_OFFICER", "J. Ortega")
            .output()
            .expect("the program starts");
        let said = String::from_utf8_lossy(&done.stdout).into_owned();
        assert!(done.status.success(), "{arguments:?}: {said} {}", String::from_utf8_lossy(&done.stderr));
        (started.elapsed(), said)
    };
    let workspace = folder.path().join("workspace");
    run(&["init", workspace.to_str().expect("a plain path"), "--office", "NCB Madrid", "--country", "ES"]);
    let (previewed, _) = run(&[&["reference", "import", "--preview", list], maps.as_slice()].concat());
    let (imported, said) =
        run(&[&["reference", "import", "--purpose", "measured", list], maps.as_slice()].concat());
    assert!(said.contains("250,000 entries"), "{said}");
    let (searched, _) = run(&["reference", "search", "glock 17"]);
    println!(
        "250,000 rows: previewed in {previewed:?}, imported in {imported:?}; a search of the command line with it takes {searched:?}"
    );
    if !cfg!(debug_assertions) {
        assert!(imported <= Duration::from_secs(60), "the import takes {imported:?}");
    }
}

#[test]
fn code_of_a_make_is_linked_without_the_place_behind_its_name_unless_that_is_another_country() {
    let reference = Reference::shipped().expect("the shipped table loads");
    let list = "code,name,kind\nABD,UNIQUE ALPINE AUSTRIA,make\nABE,\"CBC INDUSTRIES, INC. NORTH CHARLESTON, SC\",make\nABF,\"MG INDUSTRIES INC. HERMAN, ME\",make\nABG,\"ASTRA, SPAIN\",make\nABH,\"ASTRA, FRANCE\",make\n";
    let Read { edition, .. } = read(&reference, "codes", list.as_bytes(), &Reading::Recognised);
    let means = |code: &str| {
        let known = edition.codes.iter().find(|known| known.code.code == code);
        known.map(|known| known.means.join(" ")).unwrap_or_default()
    };
    let own = |name: &str| reference.make(name).iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    assert_eq!(means("ABD"), own("Unique Alpine"));
    assert_eq!(means("ABG"), own("Astra"));
    assert!(!means("ABD").is_empty() && !means("ABG").is_empty());
    for other in ["ABE", "ABF", "ABH"] {
        assert_eq!(means(other), "", "{other}");
    }
}
