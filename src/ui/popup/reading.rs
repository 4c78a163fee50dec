//! Lines that are read in a box: a label and what it says, scrolled where there are more than fit.

use crate::app::theme::Scope;
use crate::locale::Text;
use crate::ui::canvas::Canvas;

/// One line.
pub struct Line {
    label: Text,
    text: Text,
    scope: Scope,
}

/// Where the words stand when they have a label.
const LABEL: u16 = 16;

impl Line {
    /// A heading.
    pub const fn heading(text: Text) -> Self {
        Self { label: Text::EMPTY, text, scope: Scope::Heading }
    }

    /// Nothing between two parts.
    pub const fn blank() -> Self {
        Self { label: Text::EMPTY, text: Text::EMPTY, scope: Scope::Popup }
    }

    /// Sentences over the whole width, as many lines as they need.
    pub fn sentences(text: &Text, width: u16) -> impl Iterator<Item = Self> + use<> {
        let lines = text.wrapped(width).into_iter();
        lines.map(|text| Self { label: Text::EMPTY, text, scope: Scope::Popup })
    }

    /// A label and what it says, as many lines as that needs.
    pub fn labelled(label: Text, text: &Text, width: u16) -> impl Iterator<Item = Self> + use<> {
        let labels = std::iter::once(label).chain(std::iter::repeat(Text::EMPTY));
        let lines = text.wrapped(width.saturating_sub(LABEL)).into_iter();
        lines.zip(labels).map(|(text, label)| Self { label, text, scope: Scope::Key })
    }
}

/// Draws the lines that are seen from `top` on; what is beyond the last page is the last page.
pub fn draw(inside: &mut Canvas<'_>, lines: &[Line], top: u16) {
    let height = inside.height();
    let top = top.min((lines.len() as u16).saturating_sub(height));
    for (y, line) in (0..height).zip(lines.iter().skip(usize::from(top))) {
        if line.scope == Scope::Key {
            inside.put_within(0, y, &line.label, Scope::Key, LABEL - 1);
            inside.put(LABEL, y, &line.text, Scope::Popup);
        } else {
            inside.put(0, y, &line.text, line.scope);
        }
    }
}
