//! The numbered rules of a record (domain.md 13, V1–V27), as far as the record alone and the day can tell.
