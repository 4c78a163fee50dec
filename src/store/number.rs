//! Natural numbers such as `ES-2026-000912`: a prefix, and a count at the end. Both stores count them alike.

/// The prefix and the count of a number; `None` where it does not end in digits or the count is beyond 64 bits.
pub fn split(number: &str) -> Option<(&str, u64)> {
    let prefix = number.trim_end_matches(|c: char| c.is_ascii_digit());
    let count = number[prefix.len()..].parse().ok()?;
    Some((prefix, count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn count_is_the_digits_at_the_end() {
        let cases = [
            ("ES-2026-000912", Some(("ES-2026-", 912))),
            ("000912", Some(("", 912))),
            ("ES-2026-", None),
            ("", None),
            ("ES-99999999999999999999", None),
            ("É٣7", Some(("É٣", 7))),
        ];
        for (number, expected) in cases {
            assert_eq!(split(number), expected, "of {number}");
        }
    }
}
