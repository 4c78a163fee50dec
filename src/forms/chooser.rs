//! Choosing from a list by typing towards it: first what begins with the text, then words in any order, then letters in order.
//!
//! It holds what is typed and what is offered, and draws nothing. Choices known here are filtered at once; those of the reference table
//! are asked for by the screen and handed in with [`Chooser::receive`]. Called by the form screen.

use super::choices::Choice;
use super::editor::{Edit, Editor, Lines, Outcome};
use super::kind::ONE_LINE_MAX;
use crate::domain::text::fold;

/// A list being chosen from.
#[derive(Debug, Clone, PartialEq)]
pub struct Chooser {
    filter: Editor,
    /// Every choice, where they are known here; otherwise they are asked for as one types.
    all: Option<Vec<Choice>>,
    offered: Vec<Choice>,
    selected: Option<usize>,
    /// Whether something must be chosen: the first is then selected without a move.
    is_closed: bool,
    is_waiting: bool,
}

/// How well a name fits what is typed, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It is what is typed, but for case, accents, spaces and signs.
    Exact,
    /// It begins so.
    Beginning,
    /// Each word typed begins one of its words.
    Words,
    /// It holds what is typed.
    Inside,
    /// It has the letters typed in this order.
    Letters,
}

impl Chooser {
    /// A chooser of these choices. `is_closed`: the field takes nothing else.
    pub fn of(all: Vec<Choice>, is_closed: bool) -> Self {
        let mut chooser = Self::empty(Some(all), is_closed);
        chooser.refilter();
        chooser
    }

    /// A chooser whose choices are asked for elsewhere and come with [`Chooser::receive`].
    pub fn asking(is_closed: bool) -> Self {
        Self { is_waiting: true, ..Self::empty(None, is_closed) }
    }

    /// What is typed.
    pub fn typed(&self) -> &str {
        self.filter.text()
    }

    /// The text typed, with its cursor.
    pub fn filter(&self) -> &Editor {
        &self.filter
    }

    /// What is offered for it, best first.
    pub fn offered(&self) -> &[Choice] {
        &self.offered
    }

    /// Whether the offer for what is typed has not come yet.
    pub fn is_waiting(&self) -> bool {
        self.is_waiting
    }

    /// Whether the field takes nothing but a choice.
    pub fn is_closed(&self) -> bool {
        self.is_closed
    }

    /// The place of the selected choice in the offer.
    pub fn selected_at(&self) -> Option<usize> {
        self.selected
    }

    /// The selected choice.
    pub fn selected(&self) -> Option<&Choice> {
        self.offered.get(self.selected?)
    }

    /// Edits what is typed. In a chooser that asks elsewhere, the choices for the text must be asked for after [`Outcome::Changed`].
    pub fn edit(&mut self, edit: &Edit) -> Outcome {
        let outcome = self.filter.apply(edit);
        if outcome == Outcome::Changed {
            self.refilter();
        }
        outcome
    }

    /// Follows the text of a free field that is edited elsewhere.
    pub fn follow(&mut self, text: &str) {
        if self.filter.text() != text {
            self.filter = Editor::new(text, Lines::One, ONE_LINE_MAX);
            self.refilter();
        }
    }

    /// Takes the offer for `typed`; one that is out of date is dropped.
    pub fn receive(&mut self, typed: &str, offered: Vec<Choice>) {
        if self.all.is_none() && typed == self.filter.text() {
            self.is_waiting = false;
            self.show(offered);
        }
    }

    /// Moves the selection, from the last to the first and back.
    pub fn select(&mut self, by: isize) {
        let count = self.offered.len() as isize;
        if count == 0 {
            return;
        }
        self.selected = Some(match self.selected {
            None if by < 0 => count - 1,
            None => 0,
            Some(at) => (at as isize + by).rem_euclid(count),
        } as usize);
    }

    /// The one choice that what is typed can only mean: named in full, or the only one that begins so. What a person leaves behind in
    /// a field then becomes that choice; anything less certain stays as typed and is a problem.
    pub fn certain(&self) -> Option<&Choice> {
        let typed = fold(self.typed());
        if typed.is_empty() || self.is_waiting {
            return None;
        }
        let fitting =
            |least: Fit| self.offered.iter().filter(move |choice| fit(self.typed(), choice) <= Some(least));
        let only = |least: Fit| {
            let mut found = fitting(least).filter(|choice| fit(self.typed(), choice).is_some());
            found.next().filter(|_| found.next().is_none())
        };
        only(Fit::Exact).or_else(|| only(Fit::Beginning))
    }

    fn empty(all: Option<Vec<Choice>>, is_closed: bool) -> Self {
        let filter = Editor::new("", Lines::One, ONE_LINE_MAX);
        Self { filter, all, offered: Vec::new(), selected: None, is_closed, is_waiting: false }
    }

    fn refilter(&mut self) {
        match &self.all {
            Some(all) => {
                let offered = rank(self.filter.text(), all);
                self.show(offered);
            }
            // The last offer stays in sight until the next one comes.
            None => self.is_waiting = true,
        }
    }

    fn show(&mut self, offered: Vec<Choice>) {
        self.offered = offered;
        self.selected = (self.is_closed && !self.offered.is_empty()).then_some(0);
    }
}

/// The choices that fit what is typed, best first and otherwise in their own order; all of them where nothing is typed.
pub fn rank(typed: &str, all: &[Choice]) -> Vec<Choice> {
    if fold(typed).is_empty() {
        return all.to_vec();
    }
    let mut fitting: Vec<(Fit, &Choice)> =
        all.iter().filter_map(|choice| Some((fit(typed, choice)?, choice))).collect();
    fitting.sort_by_key(|(fit, _)| *fit);
    fitting.into_iter().map(|(_, choice)| choice.clone()).collect()
}

fn fit(typed: &str, choice: &Choice) -> Option<Fit> {
    let names = std::iter::once(choice.label.as_str())
        .chain(choice.value.as_str())
        .chain(choice.aliases.iter().map(String::as_str));
    Typed::new(typed).fit(names)
}

/// Typed text made ready to be held against many names.
#[derive(Debug, Clone)]
pub struct Typed {
    folded: String,
    words: Vec<String>,
}

impl Typed {
    /// Folds the text once.
    pub fn new(text: &str) -> Self {
        Self { folded: fold(text), words: words(text) }
    }

    /// Whether nothing is typed that a name could be held against.
    pub fn is_empty(&self) -> bool {
        self.folded.is_empty()
    }

    /// How well the best of these names fits; `None` where none does.
    pub fn fit<'a>(&self, names: impl Iterator<Item = &'a str>) -> Option<Fit> {
        names.filter_map(|name| self.fit_of_name(name)).min()
    }

    fn fit_of_name(&self, name: &str) -> Option<Fit> {
        let folded = fold(name);
        if self.folded == folded {
            return Some(Fit::Exact);
        }
        if folded.starts_with(&self.folded) {
            return Some(Fit::Beginning);
        }
        let words = words(name);
        if self.words.iter().all(|part| words.iter().any(|word| word.starts_with(part))) {
            return Some(Fit::Words);
        }
        if folded.contains(&self.folded) {
            return Some(Fit::Inside);
        }
        let mut letters = folded.chars();
        // One letter in order is in nearly every name: it says nothing.
        let in_order = self.folded.chars().nth(1).is_some()
            && self.folded.chars().all(|c| letters.any(|other| other == c));
        in_order.then_some(Fit::Letters)
    }
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).map(fold).filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn types() -> Vec<Choice> {
        [
            ("revolver", "revolver"),
            ("pistol_semi", "pistol, self-loading"),
            ("pistol_single", "pistol, single shot"),
            ("rifle_semi", "rifle, self-loading"),
            ("shotgun_pump", "shotgun, pump action"),
        ]
        .map(|(value, label)| Choice::word(value, label))
        .to_vec()
    }

    fn typed(text: &str) -> Chooser {
        let mut chooser = Chooser::of(types(), true);
        for c in text.chars() {
            chooser.edit(&Edit::Insert(c));
        }
        chooser
    }

    #[test]
    fn beginnings_come_before_words_and_words_before_letters() {
        let cases = [
            ("", vec!["revolver", "pistol_semi", "pistol_single", "rifle_semi", "shotgun_pump"]),
            ("PIST", vec!["pistol_semi", "pistol_single"]),
            ("self", vec!["pistol_semi", "rifle_semi"]),
            ("self rif", vec!["rifle_semi"]),
            ("p", vec!["pistol_semi", "pistol_single", "shotgun_pump"]),
            ("shpu", vec!["shotgun_pump"]),
            ("rifle_semi", vec!["rifle_semi"]),
            ("xyz", vec![]),
        ];
        for (text, offered) in cases {
            let chooser = typed(text);
            let values: Vec<&str> =
                chooser.offered().iter().filter_map(|choice| choice.value.as_str()).collect();
            assert_eq!(values, offered, "typed {text:?}");
        }
    }

    #[test]
    fn only_what_cannot_be_meant_otherwise_is_certain() {
        let cases = [
            ("rev", Some("revolver")),
            ("pistol", None),
            ("pistol_semi", Some("pistol_semi")),
            ("self rif", None),
            ("", None),
            ("xyz", None),
        ];
        for (text, certain) in cases {
            let chooser = typed(text);
            let found = chooser.certain().and_then(|choice| choice.value.as_str());
            assert_eq!(found, certain, "typed {text:?}");
        }
    }

    #[test]
    fn a_field_that_takes_other_text_has_nothing_selected_until_one_moves() {
        let mut chooser = Chooser::of(types(), false);
        assert_eq!(chooser.selected(), None);
        chooser.select(-1);
        assert_eq!(chooser.selected_at(), Some(4));
        chooser.select(1);
        assert_eq!(chooser.selected_at(), Some(0));
    }

    #[test]
    fn an_offer_for_what_was_typed_before_is_dropped() {
        let mut chooser = Chooser::asking(false);
        chooser.edit(&Edit::Insert('z'));
        chooser.receive("", types());
        assert!(chooser.is_waiting() && chooser.offered().is_empty());
        chooser.receive("z", types());
        assert!(!chooser.is_waiting() && chooser.offered().len() == 5);
    }
}
