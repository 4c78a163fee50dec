//! A record's own number (`ES-2026-000912`) as a number that sorts as it counts.

/// The digits a count is written with; a longer count is written in full.
const WIDTH: usize = 6;

/// The numbers from the first to the last key, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberRange {
    /// The first.
    pub from: u64,
    /// The last.
    pub to: u64,
}

/// The letters and digits of a number, in capitals.
pub(in crate::search) fn normalise(text: &str) -> String {
    text.chars().flat_map(char::to_uppercase).filter(char::is_ascii_alphanumeric).collect()
}

/// The sort key of a natural number: its two letters, year and count; `None` where it has another shape.
pub fn number_key(number: &str) -> Option<u64> {
    let norm = normalise(number);
    let (letters, rest) = norm.split_at_checked(2)?;
    let (year, count) = rest.split_at_checked(4)?;
    Some(letters_key(letters)? | digits(year)? << 32 | u64::from(u32::try_from(digits(count)?).ok()?))
}

/// The ranges of keys whose number is `norm`, or begins so. None where the text cannot be the beginning of a number.
pub(in crate::search) fn ranges(norm: &str, prefix: bool) -> Vec<NumberRange> {
    let exact = number_key(norm).map(|key| NumberRange { from: key, to: key });
    if !prefix {
        return exact.into_iter().collect();
    }
    beginning(norm).into_iter().chain(exact).collect()
}

fn beginning(norm: &str) -> Option<NumberRange> {
    let (letters, rest) = norm.split_at_checked(2)?;
    let letters = letters_key(letters)?;
    if rest.is_empty() {
        return Some(NumberRange { from: letters, to: letters | 0xffff_ffff_ffff });
    }
    if rest.len() <= 4 {
        let (from, to) = padded(rest, 4)?;
        return Some(NumberRange {
            from: letters | from << 32,
            to: letters | to << 32 | u64::from(u32::MAX),
        });
    }
    let (year, count) = rest.split_at_checked(4)?;
    let year = letters | digits(year)? << 32;
    let (from, to) =
        if count.len() > WIDTH { (digits(count)?, digits(count)?) } else { padded(count, WIDTH)? };
    u32::try_from(to).ok().map(|_| NumberRange { from: year | from, to: year | to })
}

/// The lowest and highest number of so many digits that begin with these.
fn padded(text: &str, width: usize) -> Option<(u64, u64)> {
    let scale = 10_u64.pow(u32::try_from(width.saturating_sub(text.len())).ok()?);
    let first = digits(text)?.checked_mul(scale)?;
    Some((first, first + (scale - 1)))
}

fn letters_key(letters: &str) -> Option<u64> {
    match letters.as_bytes() {
        [a, b] if a.is_ascii_uppercase() && b.is_ascii_uppercase() => {
            Some(u64::from(*a) << 56 | u64::from(*b) << 48)
        }
        _ => None,
    }
}

fn digits(text: &str) -> Option<u64> {
    let plain = !text.is_empty() && text.len() <= 10 && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_sort_as_they_count() {
        let sorted =
            ["BE-2025-000001", "ES-2025-999999", "ES-2025-1000000", "ES-2026-000002", "ES-2026-000010"];
        let keys: Vec<_> =
            sorted.iter().map(|number| number_key(number).expect("a natural number")).collect();
        assert!(keys.is_sorted(), "{keys:?}");
    }

    #[test]
    fn text_of_another_shape_has_no_key() {
        for text in [
            "",
            "E",
            "ES",
            "ES-2026",
            "ES-2026-",
            "ES-20X6-1",
            "E1-2026-1",
            "ES-2026-99999999999",
            "Ж1-2026-1",
        ] {
            assert_eq!(number_key(text), None, "of {text:?}");
        }
    }

    #[test]
    fn beginning_of_a_number_spans_all_that_begin_so() {
        let spans = |norm: &str, number: &str| {
            let key = number_key(number).expect("a natural number");
            ranges(norm, true).iter().any(|range| range.from <= key && key <= range.to)
        };
        assert!(spans("ES", "ES-2026-000912"));
        assert!(spans("ES20", "ES-2026-000912"));
        assert!(spans("ES20260009", "ES-2026-000912"));
        assert!(spans("ES2026912", "ES-2026-000912"));
        assert!(!spans("ES20260008", "ES-2026-000912"));
        assert!(!spans("BE", "ES-2026-000912"));
        assert!(ranges("ES2026000912", false).len() == 1 && ranges("ES20", false).is_empty());
    }
}
