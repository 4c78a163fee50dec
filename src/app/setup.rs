//! The first run: which office, which country, which officer.

use crate::domain::country::CountryCode;
use crate::domain::officer::{Office, Officer};
use crate::locale::Message;

/// What a workspace is made with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setup {
    /// The office.
    pub office: Office,
    /// The officer.
    pub officer: Officer,
}

impl Setup {
    /// Reads what was typed; the first fault names the field's place.
    pub fn read(office: &str, country: &str, officer: &str) -> Result<Self, (usize, Message)> {
        let (office, officer) = (office.trim(), officer.trim());
        if office.is_empty() {
            return Err((0, Message::new("setup-office-missing")));
        }
        let code = country.trim().to_uppercase();
        let country: CountryCode = code
            .parse()
            .map_err(|_| (1, Message::new("setup-country-bad").with("country", country.trim())))?;
        if officer.is_empty() {
            return Err((2, Message::new("setup-officer-missing")));
        }
        let office = Office { name: office.to_owned(), country };
        Ok(Self { office, officer: Officer(officer.to_owned()) })
    }
}
