//! The fields a query can name.

/// A name that may stand before a colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The maker's name.
    Make,
    /// The model.
    Model,
    /// The calibre, as recorded or as marked.
    Calibre,
    /// Type, action and conversion, by their words.
    Type,
    /// Any number stamped on the firearm.
    Serial,
    /// The record's own number.
    Number,
    /// The country of the event.
    Country,
    /// The place and region of the event.
    Place,
    /// The agency that holds the case.
    Agency,
    /// The office that entered the record.
    Office,
    /// The case reference, national or the office's own.
    Case,
    /// The unit to call, its telephone and hours.
    Contact,
    /// A person linked to the firearm.
    Person,
    /// Circumstances, remarks, descriptions and all other free text.
    Text,
    /// Where the record stands.
    State,
    /// Why the firearm is recorded.
    Reason,
    /// The country that owns the record.
    Owner,
    /// The day of the event may lie on or after.
    Since,
    /// The day of the event may lie on or before.
    Until,
    /// The day of the event may lie in.
    On,
    /// The day the record was entered.
    Entered,
    /// The day its owner looks at it again: by then, or within.
    Due,
}

/// The names, first the one that is written back.
const NAMES: &[(Field, &[&str])] = &[
    (Field::Make, &["make", "maker", "brand", "manufacturer"]),
    (Field::Model, &["model"]),
    (Field::Calibre, &["calibre", "caliber", "cal"]),
    (Field::Type, &["type", "action"]),
    (Field::Serial, &["serial", "sn"]),
    (Field::Number, &["no", "number", "record"]),
    (Field::Country, &["country", "in"]),
    (Field::Place, &["place", "region", "town", "where"]),
    (Field::Agency, &["agency", "ori"]),
    (Field::Office, &["office"]),
    (Field::Case, &["case", "ref", "oca"]),
    (Field::Contact, &["contact", "unit", "phone"]),
    (Field::Person, &["person", "name"]),
    (Field::Text, &["text", "remark", "circumstances"]),
    (Field::State, &["state", "status"]),
    (Field::Reason, &["reason", "why"]),
    (Field::Owner, &["owner"]),
    (Field::Since, &["since", "from", "after"]),
    (Field::Until, &["until", "to", "before"]),
    (Field::On, &["on", "date", "year", "when"]),
    (Field::Entered, &["entered", "recorded"]),
    (Field::Due, &["due", "review"]),
];

impl Field {
    /// Every field, in the order of the help page.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|(field, _)| *field)
    }

    /// The field with this name, in any case.
    pub fn named(name: &str) -> Option<Self> {
        let has = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
        NAMES.iter().find(|(_, names)| has(names)).map(|(field, _)| *field)
    }

    /// The names it answers to; the first is written back.
    pub fn names(self) -> &'static [&'static str] {
        NAMES.iter().find(|(field, _)| *field == self).map_or(&[], |(_, names)| *names)
    }

    /// The name that is written back.
    pub fn name(self) -> &'static str {
        self.names().first().copied().unwrap_or_default()
    }
}

/// A field whose content is words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextField {
    /// See [`Field::Make`].
    Make,
    /// See [`Field::Model`].
    Model,
    /// See [`Field::Calibre`].
    Calibre,
    /// See [`Field::Type`].
    Type,
    /// See [`Field::Place`].
    Place,
    /// See [`Field::Agency`].
    Agency,
    /// See [`Field::Office`].
    Office,
    /// See [`Field::Case`].
    Case,
    /// See [`Field::Contact`].
    Contact,
    /// See [`Field::Person`].
    Person,
    /// See [`Field::Text`].
    Text,
}

impl TextField {
    /// Every one.
    pub const ALL: [Self; 11] = [
        Self::Make,
        Self::Model,
        Self::Calibre,
        Self::Type,
        Self::Place,
        Self::Agency,
        Self::Office,
        Self::Case,
        Self::Contact,
        Self::Person,
        Self::Text,
    ];

    /// Those that say what the firearm is: records where a bare word stands in one of these come first.
    pub const FIREARM: [Self; 4] = [Self::Make, Self::Model, Self::Calibre, Self::Type];

    /// The same as a field of the language.
    pub const fn field(self) -> Field {
        match self {
            Self::Make => Field::Make,
            Self::Model => Field::Model,
            Self::Calibre => Field::Calibre,
            Self::Type => Field::Type,
            Self::Place => Field::Place,
            Self::Agency => Field::Agency,
            Self::Office => Field::Office,
            Self::Case => Field::Case,
            Self::Contact => Field::Contact,
            Self::Person => Field::Person,
            Self::Text => Field::Text,
        }
    }

    /// The field of the language, if its content is words.
    pub fn of(field: Field) -> Option<Self> {
        Self::ALL.into_iter().find(|text| text.field() == field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_means_two_fields() {
        let mut names: Vec<&str> = Field::all().flat_map(Field::names).copied().collect();
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all);
        assert!(Field::all().all(|field| Field::named(field.name()) == Some(field)));
    }
}
