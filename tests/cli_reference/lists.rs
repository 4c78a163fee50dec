//! Lists: previewed, brought in, refused, mapped, killed on the way, removed.

use super::*;

#[test]
fn list_is_previewed_brought_in_seen_everywhere_and_removed() {
    let workspace = Workspace::new();
    let list = workspace.file("rga.csv", &rga());
    let preview = workspace.json(&["reference", "import", "--preview", &list]);
    let said = &preview[0];
    assert_eq!(
        (&said["kind"], &said["encoding"], &said["delimiter"], &said["rows"], &said["refused"]),
        (&"rga".into(), &"UTF-8 with mark".into(), &";".into(), &10.into(), &3.into()),
        "{said}"
    );
    assert!(said["linked"].as_u64().unwrap() > 0 && said["linked_to"][0][0].is_string(), "{said}");
    assert_eq!(workspace.acts(), Vec::<String>::new(), "a preview writes nothing");
    assert!(workspace.edition_files().is_empty());

    let (code, out, err) = workspace.run(&import(&[&list, "--date", "2026-03"]));
    assert_eq!(code, 3, "{out} {err}");
    for (line, reason) in
        [(8, "`000006` is there already, in line 7"), (9, "the make is empty"), (10, "does not close")]
    {
        let told = err
            .lines()
            .find(|told| told.contains(&format!("{list}: {line}: ")))
            .unwrap_or_else(|| panic!("{err}"));
        assert!(told.contains(reason), "{told}");
    }
    let editions = workspace.json(&["reference", "editions"]);
    assert_eq!(
        (&editions[0]["name"], &editions[0]["dated"], &editions[0]["entries"], &editions[0]["officer"]),
        (&"rga-2026-03".into(), &"2026-03".into(), &7.into(), &"J. Ortega".into()),
        "{editions}"
    );
    let name = editions[0]["name"].as_str().unwrap();
    let own = format!("{name}:000003");
    assert!(workspace.found("mauser 98").contains(&own), "{:?}", workspace.found("mauser 98"));
    let shown = workspace.json(&["reference", "show", &own]);
    assert_eq!((&shown["source"], &shown["feed"]), (&name.into(), &"Magasin fixe".into()), "{shown}");
    let identified = workspace.json(&["reference", "identify", "--type", "rifle_bolt", "--limit", "1000"]);
    let beside = identified["beside"].as_array().unwrap();
    assert!(beside.iter().any(|entry| entry["id"] == own), "{identified}");
    let cards = identified["cards"].as_array().unwrap();
    assert!(cards.iter().all(|entry| entry["source"] == "card"), "an edition's entry stands among the cards");

    // A record of an imported model points to its entry, and the proof of a check names the edition.
    let record = r#"{"firearm":{"serial":"48113","make":"Mauser","model":"98","calibre":"8x57 IS","type":"rifle_bolt","made_in":"DE"},"reason":"stolen","event":{"date":"2024-03-02","country":"BE","place":"Liège"},"case_ref":"LI.36-1","agency":"Police","contact":{"unit":"desk"},"source_grade":"B","information_grade":"2"}"#;
    let record = workspace.file("record.json", record.as_bytes());
    let (_, added, err) = workspace.run(&["record", "add", &record, "--json"]);
    let number =
        serde_json::from_str::<Value>(&added).unwrap_or_else(|fault| panic!("{fault} {added} {err}"));
    let number = number["number"].as_str().unwrap();
    let kept = workspace.json(&["record", "show", number]);
    assert_eq!(kept["firearm"]["reference_id"], own, "{kept}");
    workspace.run(&["check", "48113", "--purpose", "case"]);
    let (_, journal, _) = workspace.run(&["journal", "show", "--bodies", "--json"]);
    assert!(
        journal.contains(&format!("; {name} ")),
        "the proof of the check does not name the edition: {journal}"
    );

    let again = workspace.run(&import(&[&list, "--date", "2026-03"]));
    assert!(again.0 == 3 && again.2.contains("remove it first"), "{again:?}");
    assert_eq!(workspace.run(&["reference", "editions", "remove", name]).0, 2, "a reason is needed");
    assert_eq!(workspace.run(&["reference", "editions", "remove", name, "--reason", "superseded"]).0, 0);
    assert_eq!(workspace.json(&["reference", "editions"]), Value::Array(Vec::new()));
    assert!(!workspace.found("mauser 98").contains(&own));
    assert!(workspace.edition_files().is_empty(), "{:?}", workspace.edition_files());
    assert_eq!(workspace.run(&["reference", "editions", "remove", name, "--reason", "again"]).0, 4);
    let acts = workspace.acts();
    let editions: Vec<&String> = acts.iter().filter(|act| act.starts_with("edition.")).collect();
    assert_eq!(editions, ["edition.import", "edition.remove"]);
    assert_eq!(
        workspace.run(&import(&[&list, "--date", "2026-03"])).0,
        3,
        "a removed one can be brought in again"
    );
    assert_eq!(workspace.json(&["journal", "verify"])["damage"], Value::Null);
}

#[test]
fn refused_rows_are_written_with_their_reasons_put_right_and_brought_in() {
    let workspace = Workspace::new();
    let list =
        workspace.file("list.csv", "frn,make,model\n1,Glock,17\n2,,19\n3,CZ\n4,Walther,P99\n".as_bytes());
    let refused = workspace.0.path().join("refused.csv");
    let (code, _, _) = workspace.run(&import(&[&list, "--refused", refused.to_str().unwrap()]));
    assert_eq!(code, 3);
    let told = fs::read_to_string(&refused).unwrap();
    let rows: Vec<&str> = told.lines().collect();
    assert_eq!(rows[0], "frn,make,model,refused_file,refused_line,refused_reason");
    assert_eq!(rows[1], format!("2,,19,{list},3,the make is empty"));
    assert!(rows[2].starts_with(&format!("3,CZ,,{list},4,")), "{told}");
    let mended = told.replace("2,,19", "2,Glock,19").replace("3,CZ,,", "3,CZ,75,");
    let mended = workspace.file("mended.csv", mended.as_bytes());
    assert_eq!(workspace.run(&import(&[&mended, "--name", "mended"])).0, 0);
    assert_eq!(workspace.json(&["reference", "editions"])[1]["entries"], 2);
}

#[test]
fn every_encoding_is_found_and_read() {
    let workspace = Workspace::new();
    let text = "Марка;Модель;Страна\nИЖмех;Байкал 441;Россия\nТОЗ;Незнайка 34;СССР\n";
    let western = "Marke;Modèle;Pays\nManufacture Générale;Élégant 7;Belgique\nAyá;Señor 53;España\n";
    let wide = |order: fn(u16) -> [u8; 2]| {
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(order).collect::<Vec<u8>>()
    };
    for (name, encoding, bytes) in [
        ("u8", "UTF-8", text.as_bytes().to_vec()),
        ("u8m", "UTF-8 with mark", format!("\u{feff}{text}").into_bytes()),
        ("le", "UTF-16LE", wide(u16::to_le_bytes)),
        ("be", "UTF-16BE", wide(u16::to_be_bytes)),
        ("c51", "Windows-1251", cyrillic(text)),
        ("w52", "Windows-1252", western.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()),
    ] {
        let list = workspace.file(&format!("{name}.csv"), &bytes);
        let heads = if name == "w52" {
            ["Marke=make", "Modèle=model"]
        } else {
            ["Марка=make", "Модель=model"]
        };
        let asked = import(&[&list, "--map", heads[0], "--map", heads[1], "--json"]);
        let (code, out, err) = workspace.run(&asked);
        assert_eq!(code, 0, "{name}: {out} {err}");
        let done: Value = serde_json::from_str(&out).unwrap();
        assert_eq!(
            (&done[0]["encoding"], &done[0]["models"]),
            (&encoding.into(), &2.into()),
            "{name}: {done}"
        );
        let query = if name == "w52" { "Élégant 7" } else { "Незнайка 34" };
        assert!(
            workspace.found(query).iter().any(|id| id.starts_with(&format!("{name}:"))) || name != "u8",
            "{name}"
        );
    }
}

/// Windows-1251 of the letters that the test uses.
fn cyrillic(text: &str) -> Vec<u8> {
    let byte = |c: char| match u32::from(c) {
        code @ 0x410..=0x44f => (code - 0x410 + 0xc0) as u8,
        code => u8::try_from(code).unwrap(),
    };
    text.chars().map(byte).collect()
}

/// A list that is broken somehow: its name, its bytes, the exit code, how many entries are kept, and what is said.
type BrokenList = (&'static str, Vec<u8>, i32, Option<u64>, &'static str);

#[test]
fn broken_lists_are_refused_or_read_as_far_as_they_go() {
    let workspace = Workspace::new();
    let long =
        [b"frn,make,model\n1,Glock,17\n2,".as_slice(), &vec![b'x'; 3 << 20], b"\n3,Glock,19\n"].concat();
    let zero = b"frn,make,model\n1,Glo\0ck,17\n2,Glock,19\n".to_vec();
    let quote = b"frn,make,model\n1,\"Glock,17\n2,Glock,19\n".to_vec();
    let twice = b"frn,make,model\n1,Glock,17\n1,Glock,19\n".to_vec();
    let bad_byte =
        "frn,make,model\n1,Česká,75\n2,Česká \u{e9}é,85\n".bytes().chain(*b"3,CZ\xff,100\n").collect();
    let cases: Vec<BrokenList> = vec![
        ("empty", Vec::new(), 1, None, "it is empty"),
        ("headings-only", b"frn,make,model\n".to_vec(), 1, None, "no row of it can be used"),
        ("unknown", b"a,b\n1,2\n".to_vec(), 1, None, "--kind"),
        ("picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), 1, None, "nothing was imported"),
        ("long-line", long, 3, Some(2), "3: longer than"),
        ("zero", zero, 3, Some(1), "2: there is a zero byte"),
        ("quote", quote, 3, Some(1), "2: a quote opens"),
        ("twice", twice, 3, Some(1), "3: `1` is there already, in line 2"),
        ("bad-byte", bad_byte, 3, Some(2), "4: byte 5 is not UTF-8"),
    ];
    for (name, bytes, expected, entries, said) in cases {
        let list = workspace.file(&format!("{name}.csv"), &bytes);
        let (code, out, err) = workspace.run(&import(&[&list, "--name", name]));
        assert_eq!(code, expected, "{name}: {out} {err}");
        assert!(err.contains(said), "{name} does not say `{said}`: {err}");
        let editions = workspace.json(&["reference", "editions"]);
        let edition = editions.as_array().unwrap().iter().find(|edition| edition["name"] == name);
        assert_eq!(edition.map(|edition| edition["entries"].as_u64().unwrap()), entries, "{name}");
    }
    let folder = workspace.0.path().to_str().unwrap();
    let (code, _, err) = workspace.run(&import(&[folder]));
    assert!(code == 1 && err.contains("it is a folder"), "{err}");
    let (code, _, err) = workspace.run(&import(&["/no/such/list.csv"]));
    assert!(code == 1 && err.contains("/no/such/list.csv"), "{err}");
}

#[test]
fn mapping_that_was_saved_is_taken_for_the_next_list_with_its_headings() {
    let workspace = Workspace::new();
    let first =
        workspace.file("first.csv", "Hersteller\tModell\tLand\nKorth\tSky Hawk\tGermany\n".as_bytes());
    let second =
        workspace.file("second.csv", "Land\tModell\tHersteller\nAllemagne\tMongoose\tKorth\n".as_bytes());
    let unmapped = workspace.run(&import(&[&first]));
    assert!(unmapped.0 == 1 && unmapped.2.contains("Hersteller, Modell, Land"), "{unmapped:?}");
    let maps = ["--map", "Hersteller=make", "--map", "Modell=model", "--map", "Land=country"];
    let mapped: Vec<&str> =
        maps.iter().copied().chain([first.as_str(), "--save-mapping", "Korth list"]).collect();
    assert_eq!(workspace.run(&import(&mapped)).0, 0);
    assert_eq!(workspace.run(&import(&[&second])).0, 0, "its headings are those of the saved mapping");
    assert_eq!(workspace.run(&import(&[&second, "--name", "third", "--mapping", "korth list"])).0, 0);
    let shown = workspace.json(&["reference", "show", "second:line-2"]);
    assert_eq!((&shown["model"], &shown["countries"][0]), (&"Mongoose".into(), &"DE".into()), "{shown}");
    let wrong = workspace.run(&import(&[&second, "--map", "Marke=make", "--map", "Modell=model"]));
    assert!(wrong.0 == 1 && wrong.2.contains("no column Marke"), "{wrong:?}");
}

/// A list of so many rows, of which each is another model.
fn long_list(rows: usize) -> String {
    let row = |at: usize| format!("{at},Maker {},Model {at} of a long list\n", at % 97);
    std::iter::once("frn,make,model\n".to_owned()).chain((0..rows).map(row)).collect()
}

#[test]
fn import_that_is_killed_leaves_nothing_and_can_be_repeated() {
    let workspace = Workspace::new();
    let list = workspace.file("long.csv", long_list(150_000).as_bytes());
    let mut killed = 0;
    for round in 0..6u64 {
        let mut child: Child = workspace.command(&import(&[&list])).spawn().unwrap();
        let unfinished = || {
            let folder = workspace.0.path().join("workspace/editions");
            let mut files = fs::read_dir(folder).into_iter().flatten().flatten();
            files.any(|entry| {
                entry.file_name().to_string_lossy().starts_with("unfinished-")
                    && entry.metadata().is_ok_and(|about| about.len() > 0)
            })
        };
        let deadline = Instant::now() + Duration::from_secs(120);
        while !unfinished() && child.try_wait().unwrap().is_none() {
            assert!(Instant::now() < deadline, "the import writes nothing");
            std::thread::sleep(Duration::from_millis(2));
        }
        // Each time a little later.
        std::thread::sleep(Duration::from_millis(round * 30));
        child.kill().unwrap();
        let ended = child.wait().unwrap();
        let editions = workspace.json(&["reference", "editions"]);
        let there = !editions.as_array().unwrap().is_empty();
        if ended.code().is_none() && !there {
            killed += 1;
        }
        assert_eq!(workspace.json(&["journal", "verify"])["damage"], Value::Null, "round {round}");
        if there {
            assert_eq!(editions[0]["entries"], 150_000, "what is there is whole");
            assert_eq!(
                workspace.run(&["reference", "editions", "remove", "asfcp", "--reason", "again"]).0,
                0
            );
        }
    }
    assert!(killed > 0, "no round was killed in the middle");
    assert_eq!(workspace.run(&import(&[&list])).0, 0);
    let left = fs::read_dir(workspace.0.path().join("workspace/editions")).unwrap().flatten();
    let unfinished: Vec<_> =
        left.filter(|entry| entry.file_name().to_string_lossy().starts_with("unfinished-")).collect();
    assert!(unfinished.is_empty(), "what the killed ones left was not taken away: {unfinished:?}");
    assert!(workspace.found("maker 5 model 5 of a long list").contains(&"asfcp:5".to_owned()));
}

#[test]
fn edition_that_was_changed_on_the_disk_is_told_and_the_rest_of_the_table_answers() {
    let workspace = Workspace::new();
    let list = workspace.file("rga.csv", &rga());
    assert_eq!(workspace.run(&import(&[&list])).0, 3);
    let file = workspace.edition_files().remove(0);
    let mut bytes = fs::read(&file).unwrap();
    let at = bytes.len() / 2;
    bytes[at] ^= 1;
    fs::write(&file, bytes).unwrap();
    let (code, out, err) = workspace.run(&["reference", "search", "glock 17"]);
    assert!(code == 0 && out.contains("Glock"), "{out}");
    assert!(err.contains("`rga` cannot be read") && err.contains("editions remove rga"), "{err}");
    assert_eq!(workspace.run(&["reference", "editions", "remove", "rga", "--reason", "damaged"]).0, 0);
    assert_eq!(workspace.run(&["reference", "search", "glock 17"]).2, "");
}

#[test]
fn without_a_workspace_the_shipped_table_answers_and_a_list_is_previewed_only() {
    let workspace = Workspace(tempfile::tempdir().unwrap());
    assert!(!workspace.found("glock 17").is_empty());
    let list = workspace.file("rga.csv", &rga());
    assert_eq!(workspace.json(&["reference", "import", "--preview", &list])[0]["rows"], 10);
    let (code, _, err) = workspace.run(&import(&[&list]));
    assert!(code == 4 && err.contains("headstamp init"), "{err}");
}

#[test]
fn preview_of_an_unknown_list_proposes_its_mapping_and_the_command_that_uses_it() {
    let workspace = Workspace::new();
    let text =
        "Nr;Hersteller;Modèle;;Nr;País\n1;Korth;Sky Hawk;x;K-17;Alemania\n2;Korth;It's;y;K-18;España\n";
    let bytes: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let list = workspace.file("odd.csv", &bytes);
    let (code, out, err) = workspace.run(&["reference", "import", "--preview", &list]);
    assert!(code == 1 && err.contains("--map"), "{code} {err}");
    assert!(out.contains("[5] Nr") && out.contains("maker?") && out.contains("Sky Hawk · It's"), "{out}");
    let command = out.lines().find(|line| line.contains("headstamp reference import --preview")).unwrap();
    assert!(command.contains("--map 'Hersteller=maker' --map 'Modèle=model'"), "{command}");
    let proposed = workspace.json(&["reference", "import", "--preview", &list]);
    let maps: Vec<String> = proposed[0]["map"]
        .as_array()
        .unwrap()
        .iter()
        .map(|option| format!("--map={}", option.as_str().unwrap()))
        .collect();
    assert_eq!(
        (&proposed[0]["columns"][3]["name"], &proposed[0]["needs"]),
        (&"[4]".into(), &Value::Array(Vec::new()))
    );
    let maps: Vec<&str> = maps.iter().map(String::as_str).collect();
    let preview = workspace.json(&[&["reference", "import", "--preview", &list], maps.as_slice()].concat());
    assert_eq!((&preview[0]["models"], &preview[0]["refused"]), (&2.into(), &0.into()), "{preview}");
    // Where no heading tells, what is needed is said.
    let list = workspace.file("mute.csv", b"a,b\n1,2\n");
    let (code, out, _) = workspace.run(&["reference", "import", "--preview", &list]);
    assert!(code == 1 && out.contains("Still needed") && out.contains("--map HEADING=model"), "{out}");
    // A repeated or empty heading is named by its place.
    let named = ["--map=[2]=make", "--map=a=model"];
    let list = workspace.file("place.csv", b"a,,a\nSky Hawk,Korth,x\n");
    let done = workspace.json(&[&import(&[&list]), named.as_slice()].concat());
    assert_eq!(done[0]["models"], 1, "{done}");
}
