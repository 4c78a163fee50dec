//! A desk with its screens, without a terminal: keys go in as a script, jobs are done at once, the screen comes out as text.
//!
//! The workspace is the invented example, smaller; clock and identifiers stand still, and so do the durations that screens show.

// Helpers of tests are tests too, but clippy knows only functions marked so; not every test file uses every helper.
#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used, dead_code)]

use std::path::Path;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use headstamp::app::key::parse_script;
use headstamp::app::task::{Loaded, Task};
use headstamp::app::{Action, App, Effect, Session, Settings, Size, perform, update};
use headstamp::desk::demo::{demo_now, demo_opening, write_demo};
use headstamp::desk::{Desk, ListQuery, Table};
use headstamp::jobs::Token;
use headstamp::locale::Locale;
use headstamp::ui;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use tempfile::TempDir;

/// How many records the example has here.
pub const RECORDS: usize = 300;

static TABLE: LazyLock<Arc<Table>> = LazyLock::new(|| Arc::new(Table::default()));

/// The example, written once for each test program.
static EXAMPLE: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    write_demo(&folder.path().join("workspace"), RECORDS).unwrap_or_else(|fault| panic!("{fault}"));
    folder
});

/// The application at its desk.
pub struct Bench {
    pub app: App,
    pub desk: Option<Desk>,
    /// What was asked of the desk, the last at the end.
    pub asked: Vec<Task>,
    /// Effects that are not tasks.
    pub effects: Vec<Effect>,
    folder: Option<TempDir>,
}

impl Bench {
    /// An open workspace, Home on the screen.
    pub fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(&EXAMPLE.path().join("workspace"), folder.path());
        let mut opening = demo_opening(folder.path());
        opening.table = Arc::clone(&TABLE);
        // The identifiers of the example are taken; new ones go on from another source.
        opening.ids = headstamp::domain::id::IdSource::system();
        let (desk, notices) = Desk::open(opening).unwrap_or_else(|fault| panic!("{fault}"));
        let mut bench = Self::closed();
        bench.folder = Some(folder);
        bench.desk = Some(desk);
        bench.act(Action::Opened(Ok(notices)));
        bench
    }

    /// An application whose workspace is not open yet.
    pub fn closed() -> Self {
        let session = Session {
            office: "NCB Madrid (ES)".into(),
            officer: "J. Ortega".into(),
            demo: true,
            read_only: false,
        };
        let app = App::new(Arc::new(Locale::english()), Settings::default(), session, demo_now());
        Self { app, desk: None, asked: Vec::new(), effects: Vec::new(), folder: None }
    }

    /// Takes an action, and does at once what follows from it.
    pub fn act(&mut self, action: Action) -> &mut Self {
        for effect in update(&mut self.app, action) {
            let Effect::Run(task) = effect else {
                self.effects.push(effect);
                continue;
            };
            self.asked.push(task.clone());
            let Some(desk) = &self.desk else { continue };
            // A list asks the index, which follows the journal in its own time: here it is waited for.
            if matches!(task, Task::Records(_) | Task::Home(_)) {
                desk.list(&ListQuery::default()).unwrap_or_else(|fault| panic!("{fault}"));
            }
            let answer = standing_still(perform(&task, desk, &Token::default()));
            self.act(answer);
        }
        self
    }

    /// Presses keys, and lets them rest: `/scorpion<enter>r`.
    pub fn keys(&mut self, script: &str) -> &mut Self {
        self.press(script).rest()
    }

    /// Lets the keys rest, so that what follows a move follows.
    pub fn rest(&mut self) -> &mut Self {
        if let Some(at) = self.app.rest_at {
            self.act(Action::Tick(at));
        }
        self
    }

    /// Presses keys; what follows a move only when they rest has not followed yet.
    pub fn press(&mut self, script: &str) -> &mut Self {
        for key in parse_script(script).unwrap_or_else(|fault| panic!("{script}: {fault}")) {
            self.act(Action::Key(key));
        }
        self
    }

    pub fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.act(Action::Resize(Size { width, height }))
    }

    /// The frame, and where its cursor stands.
    pub fn frame(&self) -> (Buffer, Option<Position>) {
        let Size { width, height } = self.app.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        let cursor = ui::draw(&self.app, &mut buffer);
        let missing = self.app.locale.missing();
        assert!(missing.is_empty(), "not in the locale: {missing:?}");
        (buffer, cursor)
    }

    /// What the screen shows, without spaces at the end of lines.
    pub fn screen(&self) -> String {
        let (buffer, _) = self.frame();
        let Size { width, height } = self.app.size;
        let row = |y| {
            let mut text = String::new();
            let mut covered = 0;
            for x in 0..width {
                let symbol = buffer[(x, y)].symbol();
                if covered > 0 {
                    covered -= 1;
                    continue;
                }
                text.push_str(symbol);
                covered = unicode_width::UnicodeWidthStr::width(symbol).saturating_sub(1);
            }
            text.trim_end().to_owned()
        };
        (0..height).map(row).collect::<Vec<_>>().join("\n")
    }

    /// The line that holds the mark of the selection.
    pub fn selected_line(&self) -> String {
        let screen = self.screen();
        screen.lines().find(|line| line.starts_with('>')).unwrap_or_default().to_owned()
    }

    /// Fails with the whole screen where a text is not on it.
    pub fn shows(&self, text: &str) -> &Self {
        let screen = self.screen();
        assert!(screen.contains(text), "`{text}` is not on the screen:\n{screen}");
        self
    }
}

/// The same answer with durations that do not depend on the machine.
fn standing_still(action: Action) -> Action {
    const TOOK: Duration = Duration::from_millis(3);
    match action {
        Action::Loaded(Loaded::Records { query, total, rows, behind, faults, .. }) => {
            Action::Loaded(Loaded::Records { query, total, rows, behind, faults, took: TOOK })
        }
        Action::Loaded(Loaded::Check(mut report)) => {
            report.took = TOOK;
            Action::Loaded(Loaded::Check(report))
        }
        other => other,
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Compares a screen with its snapshot in `snapshots/`.
#[macro_export]
macro_rules! assert_screen {
    ($name:expr, $bench:expr) => {{
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots"));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!($name, $bench.screen()));
    }};
}
