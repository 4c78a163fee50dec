//! The whole state of the application.

use std::collections::VecDeque;
use std::sync::Arc;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::context::{Context, Place};
use super::effect::Effect;
use super::geometry::{Frame, Size};
use super::key::Key;
use super::layer::{Ask, Layer, Then};
use super::line::Line;
use super::rows::Rows;
use super::screen::ScreenId;
use super::screen::card::CardScreen;
use super::screen::check::{Check, Field};
use super::screen::compare::CompareScreen;
use super::screen::form::FormScreen;
use super::screen::help::Help;
use super::screen::home::Home;
use super::screen::identify::{self, IdentifyScreen};
use super::screen::import::{ImportScreen, Stage};
use super::screen::journal::Journal;
use super::screen::mapping::MappingScreen;
use super::screen::record::RecordScreen;
use super::screen::records::Records;
use super::screen::reference::{Focus, Reference};
use super::settings::Settings;
use super::status::{Severity, Status};
use crate::jobs::JobInfo;
use crate::locale::{Locale, Message};

/// How long after the last move the keys count as at rest: longer than a held key needs to repeat, shorter than one notices.
const REST: SignedDuration = SignedDuration::from_millis(120);

/// Who sits at the desk, for the header of every screen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Session {
    /// The office with its country, such as `NCB Madrid (ES)`.
    pub office: String,
    /// The officer.
    pub officer: String,
    /// Whether everything shown is invented.
    pub demo: bool,
    /// Whether nothing may be changed.
    pub read_only: bool,
}

/// The application.
#[derive(Debug)]
pub struct App {
    /// The language.
    pub locale: Arc<Locale>,
    /// Keymap and theme.
    pub settings: Settings,
    /// Who sits here.
    pub session: Session,
    /// The present moment, as the last action told it.
    pub now: Timestamp,
    /// The zone that times are shown in.
    pub zone: TimeZone,
    /// The terminal's size.
    pub size: Size,
    /// Whether the workspace is open.
    pub is_open: bool,
    /// The screen that is shown.
    pub screen: ScreenId,
    /// The screens that `Esc` leads back to, the last first to be shown.
    pub trail: Vec<ScreenId>,
    /// Boxes above the screen, the last on top.
    pub layers: Vec<Layer>,
    /// Keys of a sequence that is not complete.
    pub pending: Vec<Key>,
    /// When the keys count as at rest; `None` where nothing waits for that.
    pub rest_at: Option<Timestamp>,
    /// Sentences that wait to be read, each shown when the one before it has gone: what is wrong with the settings, what was mended.
    pub unread: VecDeque<Message>,
    /// The transient message.
    pub status: Option<Status>,
    /// Home.
    pub home: Home,
    /// The reference table.
    pub reference: Reference,
    /// One entry of the reference table.
    pub card: CardScreen,
    /// Entries of the reference table side by side.
    pub compare: CompareScreen,
    /// Questions for one who does not know what he holds.
    pub identify: IdentifyScreen,
    /// Lists beside the reference table.
    pub import: ImportScreen,
    /// The columns of the list that is chosen.
    pub mapping: Option<MappingScreen>,
    /// Records.
    pub records: Records,
    /// One record.
    pub record: RecordScreen,
    /// Check.
    pub check: Check,
    /// Journal.
    pub journal: Journal,
    /// Jobs.
    pub jobs: Rows<JobInfo>,
    /// Help.
    pub help: Help,
    /// The form that is filled in.
    pub form: Option<FormScreen>,
    /// Whether the line of figures for developers is shown.
    pub debug: bool,
    /// Bytes sent for the last frame and in all.
    pub sent: (u64, u64),
}

impl App {
    /// An application that shows Home and waits for its workspace.
    pub fn new(locale: Arc<Locale>, settings: Settings, session: Session, now: Timestamp) -> Self {
        let mut app = Self {
            locale,
            settings,
            session,
            now,
            zone: TimeZone::UTC,
            size: Size { width: 80, height: 24 },
            is_open: false,
            screen: ScreenId::Home,
            trail: Vec::new(),
            layers: Vec::new(),
            pending: Vec::new(),
            rest_at: None,
            unread: VecDeque::new(),
            status: None,
            home: Home::default(),
            reference: Reference::default(),
            card: CardScreen::default(),
            compare: CompareScreen::default(),
            identify: IdentifyScreen::default(),
            import: ImportScreen::default(),
            mapping: None,
            records: Records::default(),
            record: RecordScreen::default(),
            check: Check::default(),
            journal: Journal::default(),
            jobs: Rows::default(),
            help: Help::default(),
            form: None,
            debug: false,
            sent: (0, 0),
        };
        app.unread.extend(app.settings.faults.iter().cloned());
        app.tell_next();
        app.resize(app.size);
        app
    }

    /// An application that asks for office, country and officer: the first run.
    #[must_use]
    pub fn first_run(mut self) -> Self {
        self.layers.push(Layer::Ask(Ask {
            title: "setup-title",
            about: Some(Message::new("setup-about")),
            lines: ["setup-office", "setup-country", "setup-officer"]
                .map(|key| (key, Line::default()))
                .into(),
            focus: 0,
            fault: None,
            then: Then::Setup,
        }));
        self
    }

    /// Where a key is pressed now.
    pub fn place(&self) -> Place {
        if self.layers.is_empty() {
            self.screen_place()
        } else {
            Place { context: Context::Popup, screen: None }
        }
    }

    /// Where a key would be pressed were there no box above the screen.
    pub fn screen_place(&self) -> Place {
        let context = match self.screen {
            ScreenId::Check if self.check.focus.is_some() => Context::Search,
            ScreenId::Records if self.records.typing => Context::Search,
            ScreenId::Reference if self.reference.focus == Focus::Typing => Context::Search,
            ScreenId::Card if self.card.typing => Context::Search,
            ScreenId::Identify if self.identify.focus == identify::Focus::Typing => Context::Search,
            ScreenId::Import if self.import.stage == Stage::Choosing => Context::Search,
            ScreenId::Import if self.import.stage != Stage::Editions => Context::Viewer,
            ScreenId::Card | ScreenId::CompareEntries | ScreenId::Record | ScreenId::Help => Context::Viewer,
            ScreenId::Form => Context::Form,
            _ => Context::List,
        };
        Place { context, screen: Some(self.screen) }
    }

    /// The line of text that is typed in, where there is one.
    pub fn line(&self) -> Option<&Line> {
        if let Some(layer) = self.layers.last() {
            return layer.line();
        }
        match self.screen {
            ScreenId::Check => self.check.line(),
            ScreenId::Records if self.records.typing => Some(&self.records.filter),
            ScreenId::Reference if self.reference.focus == Focus::Typing => Some(&self.reference.line),
            ScreenId::Card if self.card.typing => Some(&self.card.serial),
            ScreenId::Import if self.import.stage == Stage::Choosing => Some(&self.import.line),
            ScreenId::Identify if self.identify.focus == identify::Focus::Typing => Some(&self.identify.line),
            _ => None,
        }
    }

    /// The same, to type.
    pub fn line_mut(&mut self) -> Option<&mut Line> {
        if let Some(layer) = self.layers.last_mut() {
            return layer.line_mut();
        }
        match self.screen {
            ScreenId::Check => self.check.line_mut(),
            ScreenId::Records if self.records.typing => Some(&mut self.records.filter),
            ScreenId::Reference if self.reference.focus == Focus::Typing => Some(&mut self.reference.line),
            ScreenId::Card if self.card.typing => Some(&mut self.card.serial),
            ScreenId::Import if self.import.stage == Stage::Choosing => Some(&mut self.import.line),
            ScreenId::Identify if self.identify.focus == identify::Focus::Typing => {
                Some(&mut self.identify.line)
            }
            _ => None,
        }
    }

    /// Says something at the bottom of the screen.
    pub fn say(&mut self, severity: Severity, message: Message) {
        self.status = Some(Status { severity, message, since: self.now });
    }

    /// Shows the next sentence that waits to be read, unless one is on the screen.
    pub fn tell_next(&mut self) {
        if self.status.is_none()
            && let Some(message) = self.unread.pop_front()
        {
            self.say(Severity::Warning, message);
        }
    }

    /// Puts what follows a move off until the keys rest: over a thin line a held key sends only the mark that moves.
    pub fn stir(&mut self) {
        self.rest_at = self.now.checked_add(REST).ok();
    }

    /// When something happens by itself: a message goes away, or the keys count as at rest.
    pub fn wakes_at(&self) -> Option<Timestamp> {
        let expires = self.status.as_ref().and_then(Status::expires);
        [expires, self.rest_at].into_iter().flatten().min()
    }

    /// Shows a screen; the one before is where `Esc` leads back to.
    pub fn show(&mut self, screen: ScreenId) -> Vec<Effect> {
        if screen != self.screen {
            self.trail.retain(|earlier| *earlier != screen);
            self.trail.push(self.screen);
            self.screen = screen;
        }
        self.layers.clear();
        if screen == ScreenId::Check && self.check.proof.is_none() {
            self.check.focus.get_or_insert(Field::Serial);
        }
        self.refresh()
    }

    /// Takes the terminal's size: every list learns how many rows are seen.
    pub fn resize(&mut self, size: Size) {
        self.size = size;
        let body = Frame { size }.body_height();
        self.home.set_height(body);
        self.records.rows.set_height(body.saturating_sub(3));
        self.reference.rows.set_height(super::geometry::reference_list_height(body));
        self.reference.facets.set_height(body.saturating_sub(2));
        self.identify.answers.set_height(super::geometry::identify_answers_height(body));
        self.identify.cards.set_height(body.saturating_sub(3));
        self.import.editions.set_height(body.saturating_sub(1));
        self.import.folder.set_height(body.saturating_sub(2));
        if let Some(mapping) = &mut self.mapping {
            mapping.rows.set_height(super::geometry::mapping_list_height(body));
        }
        self.check.rows.set_height(super::geometry::check_list_height(body));
        self.journal.rows.set_height(body.saturating_sub(1));
        self.jobs.set_height(body.saturating_sub(1));
        if let Some(form) = &mut self.form {
            form.set_height(super::commands::form::height(Frame { size }));
        }
        for layer in &mut self.layers {
            match layer {
                Layer::Palette(palette) => palette.found.set_height(body.saturating_sub(4)),
                Layer::Pick(pick) => pick.choices.set_height(body.saturating_sub(2)),
                _ => {}
            }
        }
    }
}
