//! The one table of commands. Keymaps, hints, the palette, the help page, the generated docs and the tests are made from it.

use super::commands as run;
use super::context::Context;
use super::effect::Effect;
use super::screen::ScreenId;
use super::state::App;

/// Something that a person can have done by a key or by name. What it is for is said in the locale, under `command-<name>`, and
/// in a word or two for the line of hints under `command-<name>.hint`.
pub struct Command {
    /// Its name in keymap files and in the palette.
    pub name: &'static str,
    /// The context it belongs to.
    pub context: Context,
    /// The screens it belongs to; empty for every screen with this context.
    pub screens: &'static [ScreenId],
    /// What it does.
    pub run: fn(&mut App) -> Vec<Effect>,
}

impl std::fmt::Debug for Command {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl Command {
    /// The key of what it is for.
    pub fn doc_key(&self) -> String {
        format!("command-{}", self.name)
    }

    /// The key of its word or two in the line of hints.
    pub fn hint_key(&self) -> String {
        format!("command-{}.hint", self.name)
    }

    /// Whether it has a place on this screen in this context.
    pub fn fits(&self, screen: ScreenId, context: Context) -> bool {
        let on_screen = self.screens.is_empty() || self.screens.contains(&screen);
        on_screen && (self.context == context || self.context == Context::Global)
    }
}

/// The command of a name.
pub fn find(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.name == name)
}

macro_rules! commands {
    ($($context:ident $screens:tt { $($name:literal => $run:path),+ $(,)? })+) => {
        &[$($(Command {
            name: $name,
            context: Context::$context,
            screens: &$screens,
            run: $run,
        }),+),+]
    };
}

use ScreenId::{
    Card, Check, CompareEntries, Home, Identify, Import, Jobs, Mapping, Record, Records, Reference,
};

/// Every command.
pub const COMMANDS: &[Command] = commands! {
    Global [] {
        "go-home" => run::go::home,
        "go-reference" => run::go::reference,
        "go-identify" => run::go::identify,
        "go-import" => run::go::import,
        "go-records" => run::go::records,
        "go-check" => run::go::check,
        "go-journal" => run::go::journal,
        "go-jobs" => run::go::jobs,
        "go-help" => run::go::help,
        "back" => run::go::back,
        "palette" => run::popup::palette,
        "screen-help" => run::popup::screen_help,
        "refresh" => run::go::refresh,
        "repaint" => run::go::repaint,
        "suspend" => run::go::suspend,
        "interrupt" => run::go::interrupt,
        "debug" => run::go::debug,
        "quit" => run::go::quit,
    }
    List [] {
        "down" => run::motion::down,
        "up" => run::motion::up,
        "page-down" => run::motion::page_down,
        "page-up" => run::motion::page_up,
        "first" => run::motion::first,
        "last" => run::motion::last,
        "open" => run::open::open,
    }
    List [Records, Check, Reference, Identify] {
        "search" => run::search::begin,
    }
    List [Records, Reference] {
        "clear-filter" => run::search::clear,
    }
    List [Records] {
        "sort" => run::search::next_order,
        "narrow" => run::records::narrow,
        "columns" => run::records::columns,
    }
    List [Reference] {
        "filters" => run::search::facets,
        "why" => run::search::why,
        "mark-entry" => run::compare::mark,
        "compare-marked" => run::compare::marked,
        "check-entry" => run::check::this_entry,
        "record-entry" => run::form::this_entry,
    }
    List [Check] {
        "confirm-hit" => run::check::confirm,
        "reject-hit" => run::check::reject,
        "new-check" => run::check::fresh,
        "edit-query" => run::check::edit,
        "proof" => run::check::proof,
        "trace" => run::check::next_steps,
    }
    List [Home, Records] {
        "new-record" => run::form::new_record,
    }
    List [Identify] {
        "cannot-tell" => run::identify::cannot_tell,
        "undo-answer" => run::identify::undo,
        "next-question" => run::identify::next_question,
        "previous-question" => run::identify::previous_question,
        "to-cards" => run::identify::cards,
        "to-answers" => run::identify::answers,
        "begin-anew" => run::identify::anew,
    }
    List [Import] {
        "choose-list" => run::import::choose,
        "remove-edition" => run::import::remove,
    }
    List [Mapping] {
        "choose-meaning" => run::mapping::open,
        "pass-over" => run::mapping::pass_over,
        "undo-meaning" => run::mapping::undo,
        "preview-mapping" => run::mapping::preview,
        "save-mapping" => run::mapping::save,
    }
    List [Jobs] {
        "cancel-job" => run::open::cancel_job,
    }
    Search [] {
        "accept" => run::search::accept,
        "leave" => run::search::leave,
        "next-line" => run::search::next_line,
        "previous-line" => run::search::previous_line,
        "list-down" => run::motion::down,
        "list-up" => run::motion::up,
        "erase" => run::edit::erase,
        "erase-right" => run::edit::erase_right,
        "erase-word" => run::edit::erase_word,
        "erase-line" => run::edit::erase_line,
        "cursor-left" => run::edit::left,
        "cursor-right" => run::edit::right,
        "cursor-start" => run::edit::start,
        "cursor-end" => run::edit::end,
    }
    Viewer [] {
        "scroll-down" => run::motion::down,
        "scroll-up" => run::motion::up,
        "scroll-page-down" => run::motion::page_down,
        "scroll-page-up" => run::motion::page_up,
        "scroll-first" => run::motion::first,
        "scroll-last" => run::motion::last,
    }
    Viewer [Record] {
        "act" => run::open::acts,
        "check-this" => run::check::this_record,
        "amend" => run::form::amend,
        "related" => run::open::related,
    }
    Viewer [Card] {
        "try-serial" => run::card::try_serial,
        "compare-lookalikes" => run::compare::lookalikes,
        "record-this-model" => run::card::record,
        "check-this-model" => run::card::check,
        "next-entry" => run::card::next,
        "previous-entry" => run::card::previous,
    }
    Viewer [CompareEntries] {
        "open-column" => run::compare::open_column,
        "next-column" => run::compare::next_column,
        "previous-column" => run::compare::previous_column,
        "drop-column" => run::compare::drop_column,
        "only-different" => run::compare::only_different,
    }
    Viewer [Import] {
        "import-list" => run::import::begin,
        "map-columns" => run::mapping::begin,
        "stop-import" => run::import::stop,
    }
    Form [] {
        "form-next" => run::form::next,
        "form-previous" => run::form::previous,
        "form-save" => run::form::save,
        "form-choices" => run::form::choices,
        "form-problem" => run::form::next_problem,
        "form-undo" => run::form::undo,
        "form-redo" => run::form::redo,
        "form-leave" => run::form::leave,
        "form-enter" => run::form::enter,
        "form-up" => run::form::up,
        "form-down" => run::form::down,
        "form-next-section" => run::form::next_section,
        "form-previous-section" => run::form::previous_section,
        "form-add-row" => run::form::add_row,
        "form-remove-row" => run::form::remove_row,
        "form-row-up" => run::form::row_up,
        "form-row-down" => run::form::row_down,
        "form-erase" => run::form::erase,
        "form-erase-right" => run::form::erase_right,
        "form-erase-word" => run::form::erase_word,
        "form-erase-word-right" => run::form::erase_word_right,
        "form-kill-end" => run::form::kill_end,
        "form-kill-start" => run::form::kill_start,
        "form-yank" => run::form::yank,
        "form-cursor-left" => run::form::left,
        "form-cursor-right" => run::form::right,
        "form-word-left" => run::form::word_left,
        "form-word-right" => run::form::word_right,
        "form-cursor-start" => run::form::line_start,
        "form-cursor-end" => run::form::line_end,
    }
    Popup [] {
        "popup-accept" => run::popup::accept,
        "popup-dismiss" => run::popup::dismiss,
        "popup-down" => run::motion::down,
        "popup-up" => run::motion::up,
        "popup-page-down" => run::motion::page_down,
        "popup-page-up" => run::motion::page_up,
        "popup-next-line" => run::popup::next_line,
        "popup-previous-line" => run::popup::previous_line,
        "popup-erase" => run::edit::erase,
        "popup-erase-right" => run::edit::erase_right,
        "popup-erase-word" => run::edit::erase_word,
        "popup-erase-line" => run::edit::erase_line,
        "popup-cursor-left" => run::edit::left,
        "popup-cursor-right" => run::edit::right,
        "popup-cursor-start" => run::edit::start,
        "popup-cursor-end" => run::edit::end,
    }
};
