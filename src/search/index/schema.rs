//! How a document lies in tantivy: one field of words with the record's field as first letter, one of serial numbers, and columns.
//!
//! Every word is indexed once, under the letter of its field: a word that may stand anywhere is looked up under each letter,
//! which costs microseconds, while indexing it twice would cost half the speed and size. No text is stored: rows are read
//! from the journal, so the index keeps only the identifier.

use sha2::{Digest as _, Sha256};
use tantivy::TantivyDocument;
use tantivy::schema::{
    FAST, Field as SchemaField, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer};

use crate::domain::id::DocId;
use crate::search::document::{IndexDocument, IndexedSerial};
use crate::search::query::TextField;
use crate::search::words::Words;

/// Raised when words are cut, folded or laid out in another way: an index of another layout is built anew.
const LAYOUT: u32 = 1;
/// The name of the tokenizer in the schema.
const TOKENIZER: &str = "headstamp_words";

/// First letters of terms that are whole values, not words.
pub(super) mod tag {
    /// The identifier of a make.
    pub const MAKE_ID: u8 = b'M';
    /// The identifier of a calibre.
    pub const CALIBRE_ID: u8 = b'C';
    /// A record's number of an unusual shape.
    pub const ODD_NUMBER: u8 = b'N';
    /// A whole serial number.
    pub const SERIAL: u8 = b'n';
    /// A piece of one.
    pub const SERIAL_PIECE: u8 = b'p';
    /// A number recorded as partial.
    pub const SERIAL_PATTERN: u8 = b'?';
}

/// The first letter of the words of a field.
pub(super) const fn letter(field: TextField) -> u8 {
    match field {
        TextField::Make => b'm',
        TextField::Model => b'd',
        TextField::Calibre => b'c',
        TextField::Type => b'y',
        TextField::Place => b'p',
        TextField::Agency => b'a',
        TextField::Office => b'o',
        TextField::Case => b'k',
        TextField::Contact => b't',
        TextField::Person => b'n',
        TextField::Text => b'x',
    }
}

/// A term: its letter and what follows.
pub(super) fn term(letter: u8, text: &str) -> Vec<u8> {
    let mut term = Vec::with_capacity(text.len() + 1);
    term.push(letter);
    term.extend_from_slice(text.as_bytes());
    term
}

/// A column of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Seq,
    IdHash,
    EventFirst,
    EventLast,
    Entered,
    Due,
    Number,
    Reason,
    State,
    Type,
    Country,
    Owner,
}

impl Column {
    pub const ALL: [Self; 12] = [
        Self::Seq,
        Self::IdHash,
        Self::EventFirst,
        Self::EventLast,
        Self::Entered,
        Self::Due,
        Self::Number,
        Self::Reason,
        Self::State,
        Self::Type,
        Self::Country,
        Self::Owner,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Seq => "seq",
            Self::IdHash => "id_hash",
            Self::EventFirst => "event_first",
            Self::EventLast => "event_last",
            Self::Entered => "entered",
            Self::Due => "due",
            Self::Number => "number",
            Self::Reason => "reason",
            Self::State => "state",
            Self::Type => "type",
            Self::Country => "country",
            Self::Owner => "owner",
        }
    }
}

/// A column of names that are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NameColumn {
    Make,
    Model,
}

impl NameColumn {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Make => "make",
            Self::Model => "model",
        }
    }
}

/// The fields of the schema.
#[derive(Debug, Clone)]
pub(super) struct Fields {
    pub schema: Schema,
    pub words: SchemaField,
    pub serials: SchemaField,
    pub id: SchemaField,
    make: SchemaField,
    model: SchemaField,
    columns: [SchemaField; Column::ALL.len()],
}

impl Fields {
    pub fn new() -> Self {
        let mut builder = Schema::builder();
        let indexed = |tokenizer: &str, option| {
            TextFieldIndexing::default()
                .set_tokenizer(tokenizer)
                .set_index_option(option)
                .set_fieldnorms(false)
        };
        let words = indexed(TOKENIZER, IndexRecordOption::WithFreqsAndPositions);
        let serials = indexed("raw", IndexRecordOption::Basic);
        let sorted = TextOptions::default().set_fast("raw");
        Self {
            words: builder.add_text_field("words", TextOptions::default().set_indexing_options(words)),
            serials: builder.add_text_field("serials", TextOptions::default().set_indexing_options(serials)),
            id: builder.add_bytes_field("id", STORED),
            make: builder.add_text_field(NameColumn::Make.name(), sorted.clone()),
            model: builder.add_text_field(NameColumn::Model.name(), sorted),
            columns: Column::ALL.map(|column| builder.add_u64_field(column.name(), FAST)),
            schema: builder.build(),
        }
    }

    /// The name of the folder of an index of this layout.
    pub fn hash(&self) -> String {
        let schema = serde_json::to_string(&self.schema).unwrap_or_default();
        let text = format!("{LAYOUT} {} {schema}", tantivy::version_string());
        hex::encode(&Sha256::digest(text)[..8])
    }

    /// The document as tantivy takes it.
    pub fn document(&self, document: &IndexDocument) -> TantivyDocument {
        let mut out = TantivyDocument::default();
        let mut text = String::new();
        let mut tagged = |out: &mut TantivyDocument, field, tag: u8, value: &str| {
            text.clear();
            text.push(char::from(tag));
            text.push_str(value);
            out.add_text(field, &text);
        };
        for (field, value) in &document.texts {
            tagged(&mut out, self.words, letter(*field), value);
        }
        for (tag, value) in [(tag::MAKE_ID, &document.make_id), (tag::CALIBRE_ID, &document.calibre_id)] {
            if !value.is_empty() {
                tagged(&mut out, self.words, tag, value);
            }
        }
        let columns = &document.columns;
        if columns.number == 0 {
            tagged(&mut out, self.words, tag::ODD_NUMBER, &odd_number(&document.number));
        }
        for serial in &document.serials {
            match serial {
                IndexedSerial::Number(norm) => tagged(&mut out, self.serials, tag::SERIAL, norm),
                IndexedSerial::Piece(piece) => tagged(&mut out, self.serials, tag::SERIAL_PIECE, piece),
                IndexedSerial::Pattern(pattern) => {
                    tagged(&mut out, self.serials, tag::SERIAL_PATTERN, &pattern.to_string());
                }
            }
        }
        out.add_bytes(self.id, &document.id.to_bytes());
        out.add_text(self.make, &columns.make);
        out.add_text(self.model, &columns.model);
        for (column, field) in Column::ALL.into_iter().zip(self.columns) {
            let value = match column {
                Column::Seq => document.seq,
                Column::IdHash => id_hash(document.id),
                Column::EventFirst => columns.event_first,
                Column::EventLast => columns.event_last,
                Column::Entered => columns.entered,
                Column::Due => columns.due,
                Column::Number => columns.number,
                Column::Reason => columns.reason,
                Column::State => columns.state,
                Column::Type => columns.firearm_type,
                Column::Country => columns.country,
                Column::Owner => columns.owner,
            };
            out.add_u64(field, value);
        }
        out
    }
}

/// A number of an unusual shape as a term: letters and digits of any script, in capitals.
pub(super) fn odd_number(number: &str) -> String {
    number.chars().flat_map(char::to_uppercase).filter(|c| c.is_alphanumeric()).collect()
}

/// Thirty-two bits of an identifier, by which its document is found before the identifier itself is compared.
pub(super) fn id_hash(id: DocId) -> u64 {
    u64::from(crc32fast::hash(&id.to_bytes()))
}

/// Makes the tokenizer known to an index; needed after every opening.
pub(super) fn register(index: &tantivy::Index) {
    index.tokenizers().register(TOKENIZER, TextAnalyzer::from(TaggedWords));
}

/// Cuts a text after its first letter, which is put before each word; a capital letter means one whole value.
#[derive(Debug, Clone)]
struct TaggedWords;

impl Tokenizer for TaggedWords {
    type TokenStream<'a> = TaggedStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TaggedStream<'a> {
        let tag = text.chars().next().unwrap_or('x');
        let rest = text.get(tag.len_utf8()..).unwrap_or_default();
        let whole = tag.is_ascii_uppercase().then_some(rest);
        TaggedStream { tag, whole, words: Words::of(rest), word: String::new(), token: Token::default() }
    }
}

struct TaggedStream<'a> {
    tag: char,
    whole: Option<&'a str>,
    words: Words<'a>,
    word: String,
    token: Token,
}

impl TaggedStream<'_> {
    fn set(&mut self) -> bool {
        self.token.position = self.token.position.wrapping_add(1);
        self.token.text.clear();
        self.token.text.push(self.tag);
        self.token.text.push_str(&self.word);
        true
    }
}

impl TokenStream for TaggedStream<'_> {
    fn advance(&mut self) -> bool {
        if self.tag.is_ascii_uppercase() {
            let Some(whole) = self.whole.take() else { return false };
            self.word.push_str(whole);
            return self.set();
        }
        let Some(place) = self.words.next_into(&mut self.word) else { return false };
        (self.token.offset_from, self.token.offset_to) = (place.start, place.end);
        self.set()
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
