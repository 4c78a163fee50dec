//! The form screen over a workspace on the disk: filled in from the keyboard, kept, found again, saved and amended.

// Helpers of tests are tests too, but clippy knows only functions marked so.
#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used)]

use std::path::Path;
use std::sync::Arc;

use headstamp::app::key::{Key, KeyCode, parse_script};
use headstamp::app::screen::ScreenId;
use headstamp::app::task::Task;
use headstamp::app::{Action, App, Effect, Session, Settings, Size, perform, update};
use headstamp::desk::{Desk, Opening, Table};
use headstamp::domain::officer::{Office, Officer};
use headstamp::domain::time::FixedClock;
use headstamp::forms::draft::Origin;
use headstamp::jobs::Token;
use headstamp::locale::Locale;
use headstamp::ui;
use jiff::Timestamp;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// 2026-11-23 14:39 UTC.
const NOW: i64 = 1_795_444_740;

struct Desktop {
    app: App,
    desk: Desk,
}

impl Desktop {
    /// A workspace of NCB Madrid in the folder, made where there is none.
    fn open(folder: &Path, table: &Arc<Table>) -> Self {
        let office = Office { name: "NCB Madrid".into(), country: "ES".parse().unwrap() };
        let officer = Officer("J. Ortega".into());
        if !folder.join("workspace.toml").exists() {
            Desk::create(folder, &office, &officer).unwrap();
        }
        let now = Timestamp::from_second(NOW).unwrap();
        let clock = Arc::new(FixedClock(now));
        let desk = open_desk(folder, &clock, table);
        let session = Session { office: "NCB Madrid (ES)".into(), officer: officer.0, ..Session::default() };
        let app = App::new(Arc::new(Locale::english()), Settings::default(), session, now);
        let mut desktop = Self { app, desk };
        desktop.act(Action::Opened(Ok(Vec::new())));
        desktop
    }

    /// Takes an action and does at once what it leads to, as jobs would.
    fn act(&mut self, action: Action) {
        for effect in update(&mut self.app, action) {
            if let Effect::Run(task) = effect {
                let answer = perform(&task, &self.desk, &Token::default());
                self.act(answer);
            }
        }
    }

    fn keys(&mut self, script: &str) -> &mut Self {
        for key in parse_script(script).unwrap_or_else(|fault| panic!("{script}: {fault}")) {
            self.act(Action::Key(key));
        }
        // The keys rest: the sentence at the foot follows the focus.
        if let Some(at) = self.app.rest_at {
            self.act(Action::Tick(at));
        }
        self
    }

    fn type_text(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            self.act(Action::Key(Key::plain(KeyCode::Char(c))));
        }
        self
    }

    fn resize(&mut self, width: u16, height: u16) {
        self.act(Action::Resize(Size { width, height }));
    }

    fn focus(&self) -> String {
        self.app.form.as_ref().map(|form| form.draft.focus().to_string()).unwrap_or_default()
    }

    fn value(&self, path: &str) -> String {
        let form = self.app.form.as_ref().expect("a form is open");
        form.draft.value(&path.parse().unwrap()).map(ToString::to_string).unwrap_or_default()
    }

    /// What the screen shows, without spaces at the end of lines.
    fn screen(&self) -> String {
        let Size { width, height } = self.app.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        ui::draw(&self.app, &mut buffer);
        let missing = self.app.locale.missing();
        assert!(missing.is_empty(), "not in the locale: {missing:?}");
        let row = |y| (0..width).map(|x| buffer[(x, y)].symbol()).collect::<String>().trim_end().to_owned();
        (0..height).map(row).collect::<Vec<_>>().join("\n")
    }

    /// To a field by its path, by the keys that lead there.
    fn go_to(&mut self, path: &str) -> &mut Self {
        for _ in 0..100 {
            if self.focus() == path {
                return self;
            }
            self.keys("<tab>");
        }
        panic!("Tab does not lead to {path}");
    }

    /// A record with everything that the rules ask for, but the contact.
    fn fill_in(&mut self) {
        self.keys("n").go_to("firearm.model").type_text("Special 99");
        self.go_to("firearm.make").type_text("Ekol Voltran");
        self.go_to("firearm.type").type_text("pistol").keys("<enter>");
        self.go_to("firearm.calibre").type_text("9 mm P.A.K.");
        self.go_to("firearm.conversion").type_text("converted").keys("<tab>");
        self.go_to("firearm.serial").type_text("EV-12120");
        self.go_to("firearm.made_in").type_text("rkiye").keys("<enter>");
        self.go_to("reason").type_text("seized").keys("<enter>");
        self.go_to("event.date").type_text("2026-11-21");
        self.go_to("event.place").type_text("Barajas");
        self.go_to("case_ref").type_text("DP-2026-1182");
        self.go_to("source_grade").type_text("B").keys("<enter>");
        self.go_to("information_grade").type_text("2").keys("<enter>");
    }
}

/// Opens the workspace. After a desk was dropped, its threads may hold the lock for a moment yet.
fn open_desk(folder: &Path, clock: &Arc<FixedClock>, table: &Arc<Table>) -> Desk {
    let begun = std::time::Instant::now();
    loop {
        let opening = Opening { clock: clock.clone(), table: table.clone(), ..Opening::new(folder) };
        match Desk::open(opening) {
            Ok((desk, _)) => return desk,
            Err(fault) if begun.elapsed().as_secs() > 10 => panic!("{fault}"),
            Err(_) => std::thread::sleep(std::time::Duration::from_millis(20)),
        }
    }
}

macro_rules! assert_screen {
    ($name:literal, $desktop:expr) => {
        insta::with_settings!({
            snapshot_path => concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots"),
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!($name, $desktop.screen());
        });
    };
}

#[test]
fn a_record_is_entered_from_the_keyboard_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut desktop = Desktop::open(folder.path(), &Arc::default());
    desktop.fill_in();
    assert_eq!(desktop.value("firearm.made_in"), "\"TR\"", "chosen by a part of its name");
    desktop.keys("<c-s>");
    assert_eq!(desktop.focus(), "contact.unit", "saving leads to what is missing");
    assert!(desktop.screen().contains("Not saved: 1 field"), "{}", desktop.screen());
    desktop.type_text("UDEV 4").keys("<c-s>");
    assert_eq!(desktop.app.screen, ScreenId::Record, "{}", desktop.screen());
    let record = &desktop.app.record.view.as_ref().expect("the record is shown").record;
    assert_eq!(record.content.firearm.serial, "EV-12120");
    assert_eq!(record.content.contact.unit, "UDEV 4");
    assert!(desktop.app.form.is_none());
    assert!(desktop.desk.drafts().unwrap().list().unwrap().is_empty(), "a saved draft is no draft any more");
}

#[test]
fn what_was_typed_is_found_again_after_a_crash() {
    let folder = tempfile::tempdir().unwrap();
    let table = Arc::default();
    let mut desktop = Desktop::open(folder.path(), &table);
    desktop.keys("n").type_text("unknown").go_to("event.date").type_text("2026-13 x");
    // The power goes: nothing is told to the program.
    drop(desktop);

    let mut desktop = Desktop::open(folder.path(), &table);
    let drafts = desktop.desk.drafts().unwrap().list().unwrap();
    assert_eq!(drafts.len(), 1);
    let resume = headstamp::app::screen::form::FormTask::Resume(drafts[0].id);
    let answer = perform(&Task::Form(resume), &desktop.desk, &Token::default());
    desktop.act(answer);
    assert_eq!(desktop.value("firearm.make"), "\"unknown\"");
    assert_eq!(desktop.focus(), "event.date");
    let kept = desktop.value("event.date");
    assert!(
        "\"2026-13 x\"".starts_with(kept.trim_end_matches('"')) && kept.len() >= 3,
        "kept as typed: {kept}"
    );
    assert!(desktop.screen().contains("no date"), "{}", desktop.screen());
}

#[test]
fn esc_closes_the_choices_then_leaves_and_the_draft_is_kept_with_every_key() {
    let folder = tempfile::tempdir().unwrap();
    let mut desktop = Desktop::open(folder.path(), &Arc::default());
    desktop.keys("n").type_text("Zas");
    assert!(desktop.app.form.as_ref().unwrap().chooser.is_some());
    desktop.keys("<esc>");
    assert!(desktop.app.form.as_ref().unwrap().chooser.is_none());
    desktop.keys("<esc>");
    assert_eq!(desktop.app.screen, ScreenId::Home);
    let drafts = desktop.desk.drafts().unwrap();
    let listed = drafts.list().unwrap();
    assert_eq!(listed.len(), 1);
    assert!(drafts.load(listed[0].id).unwrap().1.contains("\"Zas\""));
}

#[test]
fn an_untouched_form_leaves_no_draft() {
    let folder = tempfile::tempdir().unwrap();
    let mut desktop = Desktop::open(folder.path(), &Arc::default());
    desktop.keys("n<tab><tab><esc>");
    assert_eq!(desktop.app.screen, ScreenId::Home);
    assert!(desktop.desk.drafts().unwrap().list().unwrap().is_empty());
}

#[test]
fn a_model_is_picked_and_its_card_fills_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let mut desktop = Desktop::open(folder.path(), &Arc::default());
    desktop.keys("n").go_to("firearm.model").type_text("vz. 61");
    let form = desktop.app.form.as_ref().unwrap();
    let offered = form.chooser.as_ref().expect("the reference offers models").offered();
    assert!(!offered.is_empty(), "nothing is offered for vz. 61");
    desktop.keys("<down><enter>");
    let form = desktop.app.form.as_ref().unwrap();
    let make = "firearm.make".parse().unwrap();
    assert_eq!(form.draft.origin(&make), Some(Origin::Card), "{}", desktop.screen());
    assert!(desktop.screen().contains("from the card"));
    desktop.keys("<c-z>");
    assert_eq!(desktop.value("firearm.make"), "", "one step takes the whole pick back");
}

#[test]
fn rows_are_added_and_removed_by_keys() {
    let folder = tempfile::tempdir().unwrap();
    let mut desktop = Desktop::open(folder.path(), &Arc::default());
    desktop
        .keys("n")
        .go_to("firearm.components")
        .keys("<enter>")
        .type_text("slide")
        .keys("<tab>")
        .type_text("48113");
    desktop.keys("<f7>").type_text("barrel").keys("<a-up>");
    assert_eq!(desktop.focus(), "firearm.components[0].part");
    assert_eq!(desktop.value("firearm.components[1].serial"), "\"48113\"");
    desktop.keys("<f8>");
    assert_eq!(desktop.value("firearm.components[0].part"), "\"slide\"");
    desktop.keys("<c-z>");
    assert_eq!(desktop.value("firearm.components[0].part"), "\"barrel\"");
}

#[test]
fn an_amended_record_shows_what_it_said() {
    let folder = tempfile::tempdir().unwrap();
    let mut desktop = Desktop::open(folder.path(), &Arc::default());
    desktop.fill_in();
    desktop.go_to("contact.unit").type_text("UDEV 4").keys("<c-s>");
    desktop.keys("e").go_to("firearm.serial").keys("<backspace>").type_text("9");
    desktop.go_to("firearm.serial_state");
    assert!(desktop.screen().contains("was EV-12120"), "{}", desktop.screen());
    assert_screen!("form_amend_80x24", desktop);
    desktop.keys("<c-s>");
    let record = &desktop.app.record.view.as_ref().unwrap().record;
    assert_eq!(record.content.firearm.serial, "EV-12129", "{}", desktop.screen());
}

#[test]
fn pasted_control_characters_are_refused_and_said_to_be() {
    let folder = tempfile::tempdir().unwrap();
    let mut desktop = Desktop::open(folder.path(), &Arc::default());
    desktop.keys("n").go_to("firearm.serial");
    desktop.act(Action::Paste("EV\u{1b}[2J-1".into()));
    assert_eq!(desktop.value("firearm.serial"), "");
    assert!(desktop.screen().contains("Nothing added"), "{}", desktop.screen());
}

#[test]
fn the_form_at_80_and_120_columns() {
    let folder = tempfile::tempdir().unwrap();
    let mut desktop = Desktop::open(folder.path(), &Arc::default());
    desktop.fill_in();
    desktop.keys("<c-s>");
    assert_screen!("form_refused_80x24", desktop);
    desktop.go_to("firearm.conversion");
    assert_screen!("form_record_80x24", desktop);
    desktop.keys("<f2><down>");
    assert_screen!("form_choices_80x24", desktop);
    desktop.keys("<esc>");
    desktop.resize(120, 40);
    assert_screen!("form_record_120x40", desktop);
    desktop.resize(60, 18);
    assert_screen!("form_record_60x18", desktop);
}

#[test]
fn the_field_with_the_focus_is_always_in_sight() {
    let folder = tempfile::tempdir().unwrap();
    let mut desktop = Desktop::open(folder.path(), &Arc::default());
    for (width, height) in [(80, 24), (60, 18), (120, 40)] {
        desktop.resize(width, height);
        desktop.keys("n");
        for _ in 0..70 {
            desktop.keys("<tab>");
            let screen = desktop.screen();
            assert!(
                screen
                    .lines()
                    .any(|line| line.chars().nth(15) == Some('>') || line.chars().nth(17) == Some('>')),
                "{}\n{screen}",
                desktop.focus()
            );
        }
        desktop.keys("<esc>");
    }
}
