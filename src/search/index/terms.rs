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
        for doc in docs {
            bits.insert(*doc);
        }
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

/// Takes serial numbers of a shape, and partial numbers (as [`SerialPattern`] writes them) that could be of it.
///
/// It is [`SerialPattern::matches`] and [`SerialPattern::overlaps`] as an automaton, so that a dictionary of millions is not
/// read through.
pub(super) struct Shape<'a>(pub &'a SerialPattern);

/// The place in the pattern and the bytes of a character that is not whole yet.
#[derive(Clone, Copy)]
pub(super) struct ShapeState {
    at: usize,
    bytes: [u8; 4],
    held: usize,
    choice: Choice,
    lost: bool,
}

/// Whether the term is within brackets, and whether one of the characters there fits.
#[derive(Clone, Copy, PartialEq)]
enum Choice {
    None,
    Open,
    Fits,
}

impl Shape<'_> {
    fn step(&self, state: &mut ShapeState, c: char) {
        let Some(element) = self.0.elements().get(state.at) else {
            state.lost = true;
            return;
        };
        match (state.choice, c) {
            (Choice::None, '[') => state.choice = Choice::Open,
            (Choice::None, c) => {
                state.lost = c != '?' && !Element::admits(element, c);
                state.at += 1;
            }
            (Choice::Open, ']') => state.lost = true,
            (Choice::Fits, ']') => {
                state.choice = Choice::None;
                state.at += 1;
            }
            (Choice::Open, c) if Element::admits(element, c) => state.choice = Choice::Fits,
            (Choice::Open | Choice::Fits, _) => {}
        }
    }
}

impl Automaton for Shape<'_> {
    type State = ShapeState;

    fn start(&self) -> ShapeState {
        ShapeState { at: 0, bytes: [0; 4], held: 0, choice: Choice::None, lost: false }
    }

    fn is_match(&self, state: &ShapeState) -> bool {
        let whole = state.held == 0 && state.choice == Choice::None;
        !state.lost && whole && state.at == self.0.elements().len()
    }

    fn can_match(&self, state: &ShapeState) -> bool {
        !state.lost
    }

    fn accept(&self, state: &ShapeState, byte: u8) -> ShapeState {
        let mut next = *state;
        if next.lost || next.held == next.bytes.len() {
            next.lost = true;
            return next;
        }
        next.bytes[next.held] = byte;
        next.held += 1;
        if let Some(c) = whole_char(&next.bytes[..next.held]) {
            next.held = 0;
            self.step(&mut next, c);
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
    fn shape_takes_what_fits_or_overlaps_its_pattern() {
        let wanted = ["Ж4[8B]?", "C48113", "C481?3", "[12][34]", "???A"];
        let numbers = ["Ж481", "Ж4BЖ", "Ж471", "Ж48", "Ж4811", "C48113", "C48123", "13", "15", "111A"];
        let partial =
            ["Ж4?1", "[ЖA]4[8Z]1", "[QA]4[8Z]1", "C4811?", "C48[19]1[23]", "[15][56]", "[15][4Ж]", "1?"];
        for pattern in wanted.map(|text| SerialPattern::parse(text).unwrap()) {
            let shape = Tagged { letters: b"n?", rest: Shape(&pattern) };
            let takes = |text: &str| {
                let end = text.bytes().fold(shape.start(), |state, byte| shape.accept(&state, byte));
                shape.is_match(&end)
            };
            for number in numbers {
                assert_eq!(takes(&format!("n{number}")), pattern.matches(number), "{pattern} on {number}");
                assert!(!takes(&format!("p{number}")), "{pattern} took a piece");
            }
            for recorded in partial.map(|text| SerialPattern::parse(text).unwrap()) {
                assert_eq!(
                    takes(&format!("?{recorded}")),
                    pattern.overlaps(&recorded),
                    "{pattern} on {recorded}"
                );
            }
        }
    }
}
