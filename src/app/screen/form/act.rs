//! What keys do in a form. Every command ends in what is to be asked of the desk.

use jiff::Timestamp;

use super::{FormScreen, FormTask, READ};
use crate::forms::draft::Direction;
use crate::forms::editor::{Edit, Lines, Outcome};
use crate::forms::kind::Kind;
use crate::locale::{Locale, Message};

/// A command of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormKey {
    /// To the next field; a choice that is certain or selected is taken first.
    Next,
    /// To the field before.
    Previous,
    /// Up: the choice, the line of text, or the field above.
    Up,
    /// Down: the choice, the line of text, or the field below.
    Down,
    /// To the next section.
    NextSection,
    /// To this section's start, then to the section before.
    PreviousSection,
    /// To the next problem; where none is shown, to the next field that is asked for and empty.
    NextProblem,
    /// Takes the selected choice, breaks the line of a long text, adds a row to a group, or goes on.
    Enter,
    /// Opens the choices, or closes them.
    Choices,
    /// Takes the last step back.
    Undo,
    /// Makes it again.
    Redo,
    /// Adds a row to the group with the focus.
    AddRow,
    /// Removes the row with the focus.
    RemoveRow,
    /// Moves the row with the focus.
    MoveRow(Direction),
    /// Saves what is filled in.
    Save,
    /// A command of text editing.
    Edit(Edit),
}

/// What a command leads to.
#[derive(Debug, Default, PartialEq)]
pub struct Done {
    /// What is asked of the desk.
    pub tasks: Vec<FormTask>,
    /// What the bottom line says.
    pub say: Option<Message>,
}

impl From<Vec<FormTask>> for Done {
    fn from(tasks: Vec<FormTask>) -> Self {
        Self { tasks, say: None }
    }
}

impl FormScreen {
    /// Performs a command.
    pub fn act(&mut self, key: FormKey, locale: &Locale, now: Timestamp) -> Done {
        match key {
            FormKey::Next => self.go(now, super::Draft::focus_next),
            FormKey::Previous => self.go(now, super::Draft::focus_previous),
            FormKey::NextSection => self.go(now, super::Draft::focus_next_section),
            FormKey::PreviousSection => self.go(now, super::Draft::focus_previous_section),
            FormKey::NextProblem => self.go_to_problem(now),
            FormKey::Up => self.vertically(now, -1),
            FormKey::Down => self.vertically(now, 1),
            FormKey::Enter => self.enter(locale, now),
            FormKey::Choices => self.toggle_choices(locale),
            FormKey::Undo => self.change(now, super::Draft::undo),
            FormKey::Redo => self.change(now, super::Draft::redo),
            FormKey::AddRow => self.change(now, super::Draft::add_row),
            FormKey::RemoveRow => self.change(now, super::Draft::remove_focused_row),
            FormKey::MoveRow(direction) => self.change(now, |draft| draft.move_focused_row(direction)),
            FormKey::Save => self.save(now),
            FormKey::Edit(edit) => self.edit(&edit, locale, now),
        }
    }

    /// Leaves the form: what is typed is kept. `true` where only the open choices were closed.
    pub fn leave(&mut self, now: Timestamp) -> (bool, Vec<FormTask>) {
        if self.chooser.take().is_some() {
            self.follow();
            return (true, Vec::new());
        }
        let mut tasks = self.settle(now);
        if self.draft.is_dirty() && !tasks.iter().any(|task| matches!(task, FormTask::Keep { .. })) {
            tasks.push(self.keep());
        }
        (false, tasks)
    }

    fn go(&mut self, now: Timestamp, to: impl FnOnce(&mut super::Draft)) -> Done {
        let mut tasks = self.settle(now);
        let left = self.draft.focus().clone();
        let was_quiet = self.draft.findings().at(&left).is_empty();
        to(&mut self.draft);
        if was_quiet && left != *self.draft.focus() {
            self.quiet.push(left);
        }
        tasks.extend(self.left());
        tasks.into()
    }

    fn go_to_problem(&mut self, now: Timestamp) -> Done {
        let mut found = false;
        let mut done = self.go(now, |draft| found = draft.focus_next_problem() || draft.focus_next_missing());
        if !found {
            done.say = Some(Message::new("form-no-problem"));
        }
        // One comes here to read the sentence.
        self.explain();
        done
    }

    fn vertically(&mut self, now: Timestamp, by: isize) -> Done {
        if let Some(chooser) = &mut self.chooser {
            chooser.select(by);
            return Done::default();
        }
        let edit = if by < 0 { Edit::Up } else { Edit::Down };
        if self.is_long_text() && self.draft.edit(&edit) == Outcome::Moved {
            return Done::default();
        }
        self.go(now, if by < 0 { super::Draft::focus_previous } else { super::Draft::focus_next })
    }

    fn enter(&mut self, locale: &Locale, now: Timestamp) -> Done {
        if self.chooser.as_ref().is_some_and(|chooser| chooser.selected().is_some()) {
            let is_many = self.draft.focused_field().is_some_and(|field| field.kind.is_many());
            let mut tasks = self.pick_selected(now);
            if is_many {
                // One picks several words one after the other.
                tasks.extend(self.open_chooser(locale, ""));
                self.follow();
                return tasks.into();
            }
            self.draft.focus_next();
            tasks.extend(self.left());
            return tasks.into();
        }
        if self.is_long_text() {
            return self.edit(&Edit::NewLine, locale, now);
        }
        if self.draft.focused_field().is_some_and(|field| matches!(field.kind, Kind::Rows { .. })) {
            return self.change(now, super::Draft::add_row);
        }
        self.go(now, super::Draft::focus_next)
    }

    fn toggle_choices(&mut self, locale: &Locale) -> Done {
        if self.chooser.take().is_some() {
            self.follow();
            return Done::default();
        }
        let typed = self.draft.editor().text().to_owned();
        let tasks = self.open_chooser(locale, &typed);
        self.follow();
        let say = self.chooser.is_none().then(|| Message::new("form-no-choices"));
        Done { tasks, say }
    }

    fn edit(&mut self, edit: &Edit, locale: &Locale, now: Timestamp) -> Done {
        let Some(field) = self.draft.focused_field() else { return Done::default() };
        if field.kind.is_chosen() {
            return self.edit_choice(edit, locale, now);
        }
        let has_choices = field.choices.is_some();
        match self.draft.edit(edit) {
            Outcome::Changed => {
                let mut tasks = self.changed(now);
                let text = self.draft.editor().text().to_owned();
                match &mut self.chooser {
                    _ if !has_choices => {}
                    _ if text.is_empty() => self.chooser = None,
                    Some(chooser) => {
                        chooser.follow(&text);
                        tasks.extend(self.ask_for_choices());
                    }
                    None => tasks.extend(self.open_chooser(locale, &text)),
                }
                self.follow();
                tasks.into()
            }
            Outcome::Refused(refusal) => {
                let message = refusal.facts().into_iter().fold(
                    Message::new(refusal.key()),
                    |message, (name, value)| match value.parse::<i64>() {
                        Ok(number) => message.with(&name, number),
                        Err(_) => message.with(&name, value),
                    },
                );
                Done { tasks: Vec::new(), say: Some(message) }
            }
            Outcome::Moved | Outcome::Nothing => Done::default(),
        }
    }

    /// In a field that is chosen, typing filters the choices; erasing with nothing typed takes the value away.
    fn edit_choice(&mut self, edit: &Edit, locale: &Locale, now: Timestamp) -> Done {
        let types = matches!(edit, Edit::Insert(_) | Edit::Paste(_));
        let is_idle = self.chooser.as_ref().is_none_or(|chooser| chooser.typed().is_empty());
        if !types && is_idle {
            let erases =
                matches!(edit, Edit::DeleteLeft | Edit::DeleteRight | Edit::KillAll | Edit::KillToStart);
            return if erases { self.erase_choice(now) } else { Done::default() };
        }
        let mut tasks = if self.chooser.is_none() { self.open_chooser(locale, "") } else { Vec::new() };
        if let Some(chooser) = &mut self.chooser
            && chooser.edit(edit) == Outcome::Changed
        {
            // Only the offer for what is typed last is of use.
            tasks = self.ask_for_choices();
        }
        self.follow();
        tasks.into()
    }

    fn erase_choice(&mut self, now: Timestamp) -> Done {
        self.change(now, |draft| {
            let path = draft.focus().clone();
            let fewer = draft.value(&path).and_then(|value| value.as_array()).map(|words| {
                let kept = words.len().saturating_sub(1);
                serde_json::Value::from(words[..kept].to_vec())
            });
            draft.set(&path, fewer.filter(|words| words.as_array().is_some_and(|words| !words.is_empty())))
        })
    }

    fn change(&mut self, now: Timestamp, change: impl FnOnce(&mut super::Draft) -> bool) -> Done {
        self.chooser = None;
        if change(&mut self.draft) { self.changed(now).into() } else { Done::default() }
    }

    fn save(&mut self, now: Timestamp) -> Done {
        if self.is_saving {
            return Done::default();
        }
        let mut tasks = self.settle(now);
        self.chooser = None;
        let form = self.draft.schema().id.clone();
        let amends = self
            .amends()
            .map(|number| (number.to_owned(), self.draft.about(READ).unwrap_or_default().to_owned()));
        match self.draft.finish() {
            Ok(values) => {
                self.is_saving = true;
                tasks.push(self.keep());
                tasks.push(FormTask::Save { id: self.id, form, values, amends });
                tasks.into()
            }
            Err(count) => {
                self.follow();
                self.explain();
                Done { tasks, say: Some(Message::new("form-refused").with("count", count)) }
            }
        }
    }

    /// What was typed towards a choice becomes that choice where it can be no other, or was selected; else it stays as typed and is a
    /// problem beside the field, so that nothing typed is lost on the way out.
    fn settle(&mut self, now: Timestamp) -> Vec<FormTask> {
        let Some(chooser) = &self.chooser else { return Vec::new() };
        let Some(field) = self.draft.focused_field() else { return Vec::new() };
        let typed = chooser.typed().trim().to_owned();
        if !field.kind.is_chosen() {
            return if chooser.selected().is_some() { self.pick_selected(now) } else { Vec::new() };
        }
        if typed.is_empty() {
            return Vec::new();
        }
        if let Some(choice) = chooser.certain().cloned() {
            self.draft.pick(&choice);
            return self.changed(now);
        }
        let path = self.draft.focus().clone();
        let text = if field.kind.is_many() && !self.draft.is_blank(&path) {
            format!(
                "{}, {typed}",
                self.draft.value(&path).map(|value| field.kind.show(value)).unwrap_or_default()
            )
        } else {
            typed
        };
        if self.draft.set_text(&path, &text) { self.changed(now) } else { Vec::new() }
    }

    fn pick_selected(&mut self, now: Timestamp) -> Vec<FormTask> {
        let Some(choice) = self.chooser.take().and_then(|chooser| chooser.selected().cloned()) else {
            return Vec::new();
        };
        if self.draft.pick(&choice) { self.changed(now) } else { Vec::new() }
    }

    fn is_long_text(&self) -> bool {
        self.draft
            .focused_field()
            .is_some_and(|field| matches!(field.kind, Kind::Text { lines: Lines::Many, .. }))
    }
}
