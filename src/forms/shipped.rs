//! The forms that come with the program, from `reference/forms`.
//!
//! They are part of the binary, so that a form is there when no file is. Called by the screens and the tests.

use super::schema::{Schema, SchemaError};

/// The id and text of every shipped form.
pub const SHIPPED: &[(&str, &str)] = &[
    ("record", include_str!("../../reference/forms/record.toml")),
    ("check", include_str!("../../reference/forms/check.toml")),
    ("office", include_str!("../../reference/forms/office.toml")),
];

/// The shipped form of this id; `None` where there is none of that name. The error is one of the file's author.
pub fn shipped(id: &str) -> Option<Result<Schema, SchemaError>> {
    let (_, text) = SHIPPED.iter().find(|(name, _)| *name == id)?;
    Some(Schema::parse(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_form_reads_and_has_the_name_of_its_file() {
        for (id, text) in SHIPPED {
            let schema =
                Schema::parse(text).unwrap_or_else(|error| panic!("reference/forms/{id}.toml: {error}"));
            assert_eq!(schema.id, *id);
        }
        assert!(shipped("notice").is_none());
    }
}
