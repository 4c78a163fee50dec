//! Reading lists of documents: of one term, of all that begin alike, of all that are similar or have a shape.

use tantivy::InvertedIndexReader;
use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy_fst::Automaton;

use super::bits::Bits;
use super::fault;
use crate::domain::serial::{Element, SerialPattern};
use crate::search::{Cancel, SearchError};

/// After so many terms a search looks whether it is still wanted.
const TERMS_BETWEEN_CHECKS: usize = 512;

/// What is known of a term, if the dictionary has it.
pub(super) fn find(index: &InvertedIndexReader, term: &[u8]) -> Result<Option<TermInfo>, SearchError> {
    index.terms().get(term).map_err(|error| fault(error.into()))
}

/// Adds the documents of one term.
pub(super) fn add_term(index: &InvertedIndexReader, term: &[u8], bits: &mut Bits) -> Result<(), SearchError> {
    match find(index, term)? {
        Some(info) => add_list(index, &info, bits),
        None => Ok(()),
    }
}

/// Adds the documents of a term that was found.
pub(super) fn add_list(
    index: &InvertedIndexReader,
    info: &TermInfo,
    bits: &mut Bits,
) -> Result<(), SearchError> {
    let mut list = index
        .read_block_postings_from_terminfo(info, IndexRecordOption::Basic)
        .map_err(|error| fault(error.into()))?;
    loop {
        let docs = list.docs();
        if docs.is_empty() {
            return Ok(());
        }
        docs.iter().for_each(|doc| bits.insert(*doc));
        list.advance();
    }
}

/// Calls for every term that begins so, in order.
pub(super) fn for_each_beginning(
    index: &InvertedIndexReader,
    beginning: &[u8],
    cancel: &Cancel,
    mut each: impl FnMut(&[u8], &TermInfo) -> Result<(), SearchError>,
) -> Result<(), SearchError> {
    let mut stream =
        index.terms().range().ge(beginning).into_stream().map_err(|error| fault(error.into()))?;
    let mut count = 0;
    while let Some((term, info)) = stream.next() {
        if !term.starts_with(beginning) {
            break;
        }
        if count % TERMS_BETWEEN_CHECKS == 0 {
            cancel.check()?;
        }
        count += 1;
        each(term, info)?;
    }
    Ok(())
}

/// Adds the documents of every term that begins so.
pub(super) fn add_beginning(
    index: &InvertedIndexReader,
    beginning: &[u8],
    bits: &mut Bits,
    cancel: &Cancel,
) -> Result<(), SearchError> {
    for_each_beginning(index, beginning, cancel, |_, info| add_list(index, info, bits))
}

/// Adds the documents of every term that an automaton takes.
pub(super) fn add_matching<A: Automaton>(
    index: &InvertedIndexReader,
    automaton: A,
    bits: &mut Bits,
    cancel: &Cancel,
) -> Result<(), SearchError>
where
    A::State: Clone,
{
    let mut stream = index.terms().search(automaton).into_stream().map_err(|error| fault(error.into()))?;
    let mut count = 0;
    while let Some((_, info)) = stream.next() {
        if count % TERMS_BETWEEN_CHECKS == 0 {
            cancel.check()?;
        }
        count += 1;
        add_list(index, info, bits)?;
    }
    Ok(())
}

/// Takes a term whose first letter is one of some, and whose rest another automaton takes.
pub(super) struct Tagged<'a, A> {
    pub letters: &'a [u8],
    pub rest: A,
}

/// How far a [`Tagged`] has read.
#[derive(Clone)]
pub(super) enum TaggedState<S> {
    Start,
    Lost,
    In(S),
}

impl<A: Automaton> Automaton for Tagged<'_, A> {
    type State = TaggedState<A::State>;

    fn start(&self) -> Self::State {
        TaggedState::Start
    }

    fn is_match(&self, state: &Self::State) -> bool {
        matches!(state, TaggedState::In(inner) if self.rest.is_match(inner))
    }

    fn can_match(&self, state: &Self::State) -> bool {
        match state {
            TaggedState::Start => true,
            TaggedState::Lost => false,
            TaggedState::In(inner) => self.rest.can_match(inner),
        }
    }

    fn accept(&self, state: &Self::State, byte: u8) -> Self::State {
        match state {
            TaggedState::Start if self.letters.contains(&byte) => TaggedState::In(self.rest.start()),
            TaggedState::In(inner) => TaggedState::In(self.rest.accept(inner, byte)),
            _ => TaggedState::Lost,
        }
    }
}

/// Takes words at a small distance from another.
pub(super) struct Similar(pub levenshtein_automata::DFA);

impl Automaton for Similar {
    type State = u32;

    fn start(&self) -> u32 {
        self.0.initial_state()
    }

    fn is_match(&self, state: &u32) -> bool {
        matches!(self.0.distance(*state), levenshtein_automata::Distance::Exact(_))
    }

    fn can_match(&self, state: &u32) -> bool {
        *state != levenshtein_automata::SINK_STATE
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        self.0.transition(*state, byte)
    }
}

/// Takes serial numbers of a shape.
pub(super) struct Shape<'a>(pub &'a SerialPattern);

/// The place in the pattern and the bytes of a character that is not whole yet.
#[derive(Clone, Copy)]
pub(super) struct ShapeState {
    at: usize,
    bytes: [u8; 4],
    held: usize,
    lost: bool,
}

impl Automaton for Shape<'_> {
    type State = ShapeState;

    fn start(&self) -> ShapeState {
        ShapeState { at: 0, bytes: [0; 4], held: 0, lost: false }
    }

    fn is_match(&self, state: &ShapeState) -> bool {
        !state.lost && state.held == 0 && state.at == self.0.elements().len()
    }

    fn can_match(&self, state: &ShapeState) -> bool {
        !state.lost
    }

    fn accept(&self, state: &ShapeState, byte: u8) -> ShapeState {
        let mut next = *state;
        let Some(element) = self.0.elements().get(state.at).filter(|_| !state.lost && state.held < 4) else {
            next.lost = true;
            return next;
        };
        next.bytes[next.held] = byte;
        next.held += 1;
        if let Some(c) = whole_char(&next.bytes[..next.held]) {
            next.lost = !Element::admits(element, c);
            next.at += 1;
            next.held = 0;
        }
        next
    }
}

fn whole_char(bytes: &[u8]) -> Option<char> {
    std::str::from_utf8(bytes).ok()?.chars().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shape_takes_what_its_pattern_takes() {
        let pattern = SerialPattern::parse("Ж4[8B]?").unwrap();
        let shape = Tagged { letters: b"n", rest: Shape(&pattern) };
        let takes = |text: &str| {
            let end = text.bytes().fold(shape.start(), |state, byte| shape.accept(&state, byte));
            shape.is_match(&end)
        };
        for (text, expected) in [
            ("nЖ481", true),
            ("nЖ4BЖ", true),
            ("nЖ471", false),
            ("nЖ48", false),
            ("nЖ4811", false),
            ("pЖ481", false),
        ] {
            assert_eq!(takes(text), expected, "of {text}");
        }
    }
}
