//! The few letters of a headstamp, five by seven, stamped into the head.
//!
//! Called by the generator of heads.

/// Rows of a letter from the top, five bits each.
fn rows(letter: char) -> [u8; 7] {
    match letter {
        'H' => [0x11, 0x11, 0x11, 0x1f, 0x11, 0x11, 0x11],
        'S' => [0x0f, 0x10, 0x10, 0x0e, 0x01, 0x01, 0x1e],
        '9' => [0x0e, 0x11, 0x11, 0x0f, 0x01, 0x02, 0x0c],
        'M' => [0x11, 0x1b, 0x15, 0x15, 0x11, 0x11, 0x11],
        'L' => [0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x1f],
        'U' => [0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x0e],
        'G' => [0x0e, 0x11, 0x10, 0x17, 0x11, 0x11, 0x0f],
        'E' => [0x1f, 0x10, 0x10, 0x1e, 0x10, 0x10, 0x1f],
        'R' => [0x1e, 0x11, 0x11, 0x1e, 0x14, 0x12, 0x11],
        'X' => [0x11, 0x0a, 0x04, 0x04, 0x04, 0x0a, 0x11],
        _ => [0; 7],
    }
}

/// How deep a letter is stamped at a place of its box, 0 to 1; `x` and `y` run from 0 to 1, y downwards. Edges are
/// soft, as a stamp's are.
pub(super) fn depth(letter: char, x: f32, y: f32) -> f32 {
    let rows = rows(letter);
    let dot = |col: i32, row: i32| -> f32 {
        let inside = (0..5).contains(&col) && (0..7).contains(&row);
        if inside && rows[row as usize] >> (4 - col) & 1 == 1 { 1.0 } else { 0.0 }
    };
    let (x, y) = (x * 5.0 - 0.5, y * 7.0 - 0.5);
    let (left, top) = (x.floor(), y.floor());
    let (u, v) = (x - left, y - top);
    let (col, row) = (left as i32, top as i32);
    let above = dot(col, row) * (1.0 - u) + dot(col + 1, row) * u;
    let below = dot(col, row + 1) * (1.0 - u) + dot(col + 1, row + 1) * u;
    let soft = above * (1.0 - v) + below * v;
    super::noise::step(0.25, 0.75, soft)
}
