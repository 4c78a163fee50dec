//! What a rule found: which rule, how grave, at which field, and the facts its sentence needs.
//!
//! The sentences themselves are data (`locales/*/rules.ftl`), keyed by the rule.

use serde::{Deserialize, Serialize};

/// Whether a problem stops the act or only deserves a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The act may go on.
    Warning,
    /// The act is refused until it is mended.
    Error,
}

/// One finding of one rule at one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The rule of domain.md, such as `V20`, or `format` where a value could not be read at all.
    pub rule: String,
    /// Error or warning.
    pub severity: Severity,
    /// The field's path in the record's JSON, such as `firearm.serial` or `firearm.components[1].serial`.
    pub path: String,
    /// The key of the sentence in the locale: `rule-V20-contact`.
    pub message: String,
    /// What the sentence names, in order of use: (name, value).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<(String, String)>,
}

impl Problem {
    /// An error of a rule at a field; `detail` ends the key of its sentence (`rule-V20-contact`).
    pub fn error(rule: &str, path: impl Into<String>, detail: &str) -> Self {
        Self::new(rule, Severity::Error, path, detail)
    }

    /// A warning of a rule at a field.
    pub fn warning(rule: &str, path: impl Into<String>, detail: &str) -> Self {
        Self::new(rule, Severity::Warning, path, detail)
    }

    /// The same problem with a fact for its sentence.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.facts.push((name.to_owned(), value.into()));
        self
    }

    fn new(rule: &str, severity: Severity, path: impl Into<String>, detail: &str) -> Self {
        let message =
            if detail.is_empty() { format!("rule-{rule}") } else { format!("rule-{rule}-{detail}") };
        Self { rule: rule.to_owned(), severity, path: path.into(), message, facts: Vec::new() }
    }
}
