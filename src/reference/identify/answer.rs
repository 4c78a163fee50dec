//! What can be asked of one who holds a firearm, and what he may answer.

use crate::domain::country::CountryCode;
use crate::domain::firearm::{FirearmAction, FirearmType};
use crate::domain::vocabulary::{UnknownWord, vocabulary};
use crate::locale::Message;
use crate::reference::entry::Entry;
use crate::reference::id::CalibreId;
use crate::reference::table::Reference;
use crate::reference::text;

vocabulary! {
    /// What can be asked, in the order in which it is easiest to see.
    Question {
        /// What kind of firearm is it?
        Type = "type",
        /// How is it loaded and fired?
        Action = "action",
        /// In which calibre?
        Calibre = "calibre",
        /// How is it fed?
        Feed = "feed",
        /// Where was it made?
        Country = "country",
        /// What text or symbol is stamped on it?
        Stamp = "stamp",
    }
}

vocabulary! {
    /// How a firearm is fed, as one sees it.
    Feed {
        /// A box magazine that comes out.
        DetachableBox = "detachable_box",
        /// A magazine inside the stock or frame.
        Internal = "internal",
        /// A tube, under the barrel or in the stock.
        Tubular = "tubular",
        /// The cylinder of a revolver.
        Cylinder = "cylinder",
        /// A belt.
        Belt = "belt",
        /// A drum.
        Drum = "drum",
        /// One cartridge at a time, by hand.
        Single = "single",
        /// Otherwise.
        Other = "other",
    }
}

/// Words of cards for a way of feeding.
const FEED_WORDS: &[(&str, Feed)] = &[
    ("belt", Feed::Belt),
    ("drum", Feed::Drum),
    ("cylinder", Feed::Cylinder),
    ("tub", Feed::Tubular),
    ("internal", Feed::Internal),
    ("fixed", Feed::Internal),
    ("integral", Feed::Internal),
    ("clip", Feed::Internal),
    ("single", Feed::Single),
    ("muzzle", Feed::Single),
    ("by hand", Feed::Single),
    ("detachable", Feed::DetachableBox),
    ("box magazine", Feed::DetachableBox),
];

impl Feed {
    /// The ways of feeding that a card's words name; empty when it does not say.
    pub fn of(entry: &Entry) -> Vec<Self> {
        let Some(words) = &entry.details().feed else { return Vec::new() };
        let words = words.to_lowercase();
        let mut found: Vec<Self> =
            FEED_WORDS.iter().filter(|(name, _)| words.contains(name)).map(|(_, feed)| *feed).collect();
        found.sort_unstable();
        found.dedup();
        if found.contains(&Self::Internal) && !words.contains("detachable") {
            found.retain(|feed| *feed != Self::DetachableBox);
        }
        if found.is_empty() {
            found.push(Self::Other);
        }
        found
    }
}

/// An answer that says nothing that can be looked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message())]
pub enum BadAnswer {
    /// It is no word of the question's vocabulary.
    Word {
        /// Which question.
        question: Question,
        /// What was given, and what would be right.
        fault: UnknownWord,
    },
    /// The table knows no such calibre.
    Calibre(String),
    /// The table knows no such country.
    Country(String),
    /// A stamp without a letter or digit.
    Stamp(String),
}

impl BadAnswer {
    /// Its sentence, for whoever answered.
    pub fn message(&self) -> Message {
        match self {
            Self::Word { question, fault } => Message::new("answer-word")
                .with("question", Message::new(format!("question-{question}")).to_string())
                .with("word", fault.word.as_str())
                .with("known", fault.known.as_str()),
            Self::Calibre(given) => Message::new("answer-calibre").with("given", given.as_str()),
            Self::Country(given) => Message::new("answer-country").with("given", given.as_str()),
            Self::Stamp(given) => Message::new("answer-stamp").with("given", given.as_str()),
        }
    }
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It is of this kind.
    Type(FirearmType),
    /// It works so.
    Action(FirearmAction),
    /// It is in one of these calibres: what is stamped may mean several.
    Calibre(Vec<CalibreId>),
    /// It is fed so.
    Feed(Feed),
    /// It was made there.
    Country(CountryCode),
    /// This is stamped on it.
    Stamp(String),
    /// This cannot be told.
    CannotTell(Question),
}

impl Answer {
    /// Reads an answer as it is typed; `?` is "cannot tell". A calibre may be written in any spelling, a country in any language.
    pub fn read(question: Question, words: &str, reference: &Reference) -> Result<Self, BadAnswer> {
        let words = words.trim();
        if words == "?" || words.is_empty() {
            return Ok(Self::CannotTell(question));
        }
        let shown: String = words.chars().take(60).collect();
        let bad = |fault| BadAnswer::Word { question, fault };
        match question {
            Question::Type => words.parse().map(Self::Type).map_err(bad),
            Question::Action => words.parse().map(Self::Action).map_err(bad),
            Question::Feed => words.parse().map(Self::Feed).map_err(bad),
            Question::Calibre => {
                let by_id = reference.calibres().get(&CalibreId::from(words));
                let found = by_id.or_else(|| reference.calibres().find(words));
                let found = found.map_or_else(|| reference.calibres().find_all(words), |one| vec![one]);
                let ids: Vec<CalibreId> = found.into_iter().map(|calibre| calibre.id.clone()).collect();
                if ids.is_empty() { Err(BadAnswer::Calibre(shown)) } else { Ok(Self::Calibre(ids)) }
            }
            Question::Country => reference.country(words).map(Self::Country).ok_or(BadAnswer::Country(shown)),
            Question::Stamp if text::key(words).is_empty() => Err(BadAnswer::Stamp(shown)),
            Question::Stamp => Ok(Self::Stamp(words.to_owned())),
        }
    }

    /// The answer as it can be given again: [`Answer::read`] reads it back.
    pub fn words(&self) -> String {
        match self {
            Self::Type(it) => it.id().to_owned(),
            Self::Action(it) => it.id().to_owned(),
            Self::Feed(it) => it.id().to_owned(),
            Self::Calibre(ids) => ids.first().map(ToString::to_string).unwrap_or_default(),
            Self::Country(code) => code.to_string(),
            Self::Stamp(stamp) => stamp.clone(),
            Self::CannotTell(_) => "?".to_owned(),
        }
    }

    /// The question that it answers.
    pub fn question(&self) -> Question {
        match self {
            Self::Type(_) => Question::Type,
            Self::Action(_) => Question::Action,
            Self::Calibre(_) => Question::Calibre,
            Self::Feed(_) => Question::Feed,
            Self::Country(_) => Question::Country,
            Self::Stamp(_) => Question::Stamp,
            Self::CannotTell(question) => *question,
        }
    }
}
