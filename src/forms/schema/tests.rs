use super::*;

const GOOD: &str = r#"
id = "small"
version = 2

[[section]]
id = "one"

[[section.field]]
path = "firearm.serial_state"
kind = "choice"
choices = "vocabulary:serial-state"
default = "readable"

[[section.field]]
path = "firearm.obliteration.area"
kind = "text"
max = 80
show_when = { path = "firearm.serial_state", is = ["obliterated", "partial"] }

[[section.field]]
path = "persons"
kind = "rows"
max = 5

[[section.field.row]]
path = "role"
kind = "choice"
choices = ["owner", "victim"]

[[section.field.row]]
path = "name"
kind = "text"
required_when = { any = [{ path = ".role", is = "victim" }, { path = "firearm.serial_state", is_not = "readable" }] }
"#;

#[test]
fn a_schema_reads() {
    let schema = Schema::parse(GOOD).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((schema.id.as_str(), schema.version, schema.title.as_str()), ("small", 2, "form-small"));
    let paths: Vec<String> = schema.fields().map(|(_, field)| field.path.to_string()).collect();
    assert_eq!(paths, ["firearm.serial_state", "firearm.obliteration.area", "persons", "role", "name"]);
    let name = schema.field(&"persons[3].name".parse().unwrap()).unwrap();
    assert_eq!(
        (name.label.as_str(), name.help.as_str()),
        ("form-small-persons-name", "form-small-persons-name-help")
    );
}

#[test]
fn a_schema_that_cannot_work_is_refused_at_its_line() {
    let cases = [
        ("id = \"small\"", "id = \"Small form\"", 2, "id"),
        ("version = 2", "version = 0", 3, "version"),
        ("version = 2", "version = \"two\"", 3, ""),
        ("kind = \"text\"\nmax = 80", "kind = \"txt\"\nmax = 80", 16, "firearm.obliteration.area"),
        ("max = 80", "max = 0.5", 17, "firearm.obliteration.area"),
        ("max = 80", "min = 80", 16, "firearm.obliteration.area"),
        ("vocabulary:serial-state", "vocabulary:serials", 11, "firearm.serial_state"),
        ("default = \"readable\"", "default = \"legible\"", 12, "firearm.serial_state"),
        ("default = \"readable\"", "default_from = \"officer.name\"", 12, "firearm.serial_state"),
        (
            "{ path = \"firearm.serial_state\", is = [",
            "{ path = \"firearm.state\", is = [",
            15,
            "firearm.obliteration.area",
        ),
        ("is = [\"obliterated\", \"partial\"]", "is = [\"obliterate\"]", 15, "firearm.obliteration.area"),
        (
            "is = [\"obliterated\", \"partial\"]",
            "is = \"partial\", filled = true",
            18,
            "firearm.obliteration.area",
        ),
        (
            "path = \"firearm.obliteration.area\"",
            "path = \"firearm.serial_state\"",
            15,
            "firearm.serial_state",
        ),
        ("path = \"firearm.obliteration.area\"", "path = \"firearm\"", 15, "firearm"),
        ("path = \"firearm.obliteration.area\"", "path = \"a b\"", 15, "a b"),
        ("path = \"persons\"", "path = \"persons[1]\"", 21, "persons[1]"),
        ("path = \".role\"", "path = \".rank\"", 31, "name"),
        ("choices = [\"owner\", \"victim\"]", "", 27, "role"),
        ("path = \"name\"", "path = \"name\"\ncolour = \"red\"", 32, ""),
    ];
    for (good, bad, line, key) in cases {
        assert!(GOOD.contains(good), "{good} is not in the schema");
        let error = Schema::parse(&GOOD.replacen(good, bad, 1)).expect_err(bad);
        assert_eq!(error.line, line, "{bad}: {error}");
        if !key.is_empty() {
            assert_eq!(error.key, key, "{bad}: {error}");
        }
    }
}

#[test]
fn a_hostile_schema_is_refused_without_its_control_characters() {
    for hostile in
        ["\u{1b}[2J", "id = \"\u{1b}[2J\"", "id = 1\n\u{202e}", "[[[[", "id = \"a\"\nversion = 1\n"]
    {
        let error = Schema::parse(hostile).expect_err("refused");
        assert!(!error.to_string().chars().any(crate::domain::text::is_unsafe), "{error:?}");
    }
}
