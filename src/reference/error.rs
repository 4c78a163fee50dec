//! What can be wrong with reference data, and where.

/// A reference file cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("reference/{file}: {message}; nothing of the table was loaded")]
pub struct ReferenceError {
    /// The file below `reference/`.
    pub file: String,
    /// What is wrong, with the line where the parser knows it.
    pub message: String,
}

/// One fault of the data: the rest of the table stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Fault {
    /// The file below `reference/`.
    pub file: String,
    /// The row: its id, or its line.
    pub key: String,
    /// What is wrong with it.
    pub problem: String,
}

impl Fault {
    pub(super) fn new(file: impl Into<String>, key: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { file: file.into(), key: key.into(), problem: problem.into() }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}: {}", self.file, self.key, self.problem)
    }
}
