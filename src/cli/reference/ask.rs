//! `reference identify` without answers, on a terminal: the questions one after another, line by line, so that any terminal will do.

use std::io::{self, BufRead, Write as _};

use crate::desk::{Given, Identified, Possible, Table};
use crate::domain::text::fold;
use crate::locale::{Arg, Locale, Text};
use crate::reference::Entry;
use crate::reference::identify::Question;

use super::super::out;
use super::calibres;
use super::identify::{named, options};

/// How many answers of a question are numbered; every other may be typed.
const MOST_ANSWERS: usize = 12;
/// How many columns a terminal surely has.
const WIDTH: u16 = 78;
/// How many columns make, model and calibre have in the list of what remains.
const LISTED: [u16; 3] = [16, 16, 13];
/// How many of the remaining cards are named with each question.
const FIRST_CARDS: usize = 4;

/// Asks until the answers leave one card, nothing is left to ask, or the person ends it.
pub(super) fn run(table: &Table, limit: usize) -> anyhow::Result<()> {
    let mut dialogue = Dialogue::new(table, limit)?;
    let mut lines = io::stdin().lock().lines();
    print(&[dialogue.locale.plain("cli-asking-help").as_str().to_owned()])?;
    print(&dialogue.standing())?;
    while !dialogue.is_over {
        let mut stdout = io::stdout().lock();
        write!(stdout, "> ")?;
        stdout.flush()?;
        drop(stdout);
        // The end of the input is an end like any other: what was found is told.
        let Some(line) = lines.next().transpose()? else {
            out::line("")?;
            break;
        };
        print(&dialogue.take(&line)?)?;
    }
    print(&dialogue.result())
}

/// Prints lines, broken between words: a plain terminal breaks them anywhere.
fn print(lines: &[String]) -> anyhow::Result<()> {
    for line in lines.iter().flat_map(|line| line.split('\n')) {
        let whole = Text::foreign(line);
        // A table or a command is left as it is: broken it could not be read or copied.
        if line.starts_with("  ") || line.contains("headstamp ") {
            out::line(whole.as_str())?;
            continue;
        }
        for part in whole.wrapped(WIDTH) {
            out::line(part.as_str())?;
        }
    }
    Ok(())
}

/// The state between two lines.
struct Dialogue<'a> {
    table: &'a Table,
    locale: Locale,
    limit: usize,
    given: Vec<Given>,
    /// The question that was asked for by its name.
    wanted: Option<Question>,
    found: Identified,
    /// The answers that a word may mean, where it was not clear which: they have the numbers then.
    meant: Vec<Possible>,
    is_over: bool,
}

impl<'a> Dialogue<'a> {
    fn new(table: &'a Table, limit: usize) -> anyhow::Result<Self> {
        let found = table.identify(&[])?;
        let locale = Locale::english();
        Ok(Self {
            table,
            locale,
            limit,
            given: Vec::new(),
            wanted: None,
            found,
            meant: Vec::new(),
            is_over: false,
        })
    }

    /// Takes a line that was typed; the answer is what to print.
    fn take(&mut self, line: &str) -> anyhow::Result<Vec<String>> {
        let typed = line.trim();
        if let Some(text) = typed.strip_prefix('=') {
            return self.answer(text.trim());
        }
        match typed {
            "" if self.question().is_none() => self.is_over = true,
            "" | "h" | "help" => {
                self.meant.clear();
                let mut lines = vec![self.say("cli-asking-help", &[])];
                lines.extend(self.standing());
                return Ok(lines);
            }
            "q" | "quit" => self.is_over = true,
            "l" | "list" => return Ok(self.list()),
            "u" | "undo" => return self.undo(),
            _ => {
                if let Some(question) = self.question_called(typed) {
                    return Ok(self.ask(question));
                }
                return self.answer(typed);
            }
        }
        Ok(Vec::new())
    }

    /// The question that is asked now; none where at most one card is left, or nothing to ask.
    fn question(&self) -> Option<Question> {
        let mut open = self.found.questions.iter().map(|asked| asked.question);
        let wanted = self.wanted.filter(|wanted| open.clone().any(|question| question == *wanted));
        if self.found.cards.len() > 1 { wanted.or_else(|| open.next()) } else { None }
    }

    /// The answers that are numbered.
    fn offered(&self) -> &[Possible] {
        if !self.meant.is_empty() {
            return &self.meant;
        }
        let question = self.question();
        let asked = self.found.questions.iter().find(|asked| Some(asked.question) == question);
        asked.map_or(&[], |asked| &asked.answers[..asked.answers.len().min(MOST_ANSWERS)])
    }

    fn question_called(&self, typed: &str) -> Option<Question> {
        let named = |question: &&Question| {
            typed.eq_ignore_ascii_case(question.id())
                || fold(self.locale.word("question", question.id()).as_str()) == fold(typed)
        };
        Question::ALL.iter().find(named).copied()
    }

    fn ask(&mut self, question: Question) -> Vec<String> {
        if !self.found.questions.iter().any(|asked| asked.question == question) {
            let name = self.locale.word("question", question.id());
            return vec![self.say("cli-asking-answered", &[("question", (&name).into())])];
        }
        self.wanted = Some(question);
        self.meant.clear();
        self.standing()
    }

    fn undo(&mut self) -> anyhow::Result<Vec<String>> {
        let Some(last) = self.given.pop() else { return Ok(vec![self.say("identify-nothing-to-undo", &[])]) };
        self.wanted = Some(last.question);
        self.meant.clear();
        self.found = self.table.identify(&self.given)?;
        Ok(self.standing())
    }

    /// An answer: the number of one that is offered, or words.
    fn answer(&mut self, typed: &str) -> anyhow::Result<Vec<String>> {
        let Some(question) = self.question() else {
            return Ok(vec![self.say("cli-asking-nothing-asked", &[])]);
        };
        let numbered = typed.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let numbered = numbered.and_then(|at| self.offered().get(at)).map(|offered| offered.words.clone());
        let words = numbered.unwrap_or_else(|| typed.to_owned());
        let fault = match self.with(question, &words) {
            Ok(found) => return Ok(self.go_on(question, words, found)),
            Err(fault) => fault,
        };
        // Words that are no answer by themselves may be a part of one that is offered.
        let asked = self.found.questions.iter().find(|asked| asked.question == question);
        let name = |it: &Possible| named(question, &it.name, &self.locale);
        let fits = |it: &&Possible| fold(&name(it)).contains(&fold(typed));
        let fitting: Vec<&Possible> = asked.iter().flat_map(|asked| &asked.answers).filter(fits).collect();
        let same = fitting.iter().find(|it| fold(&name(it)) == fold(typed)).copied();
        let only = if let [one] = fitting.as_slice() { Some(*one) } else { None };
        match (same.or(only), fitting.as_slice()) {
            (Some(one), _) => {
                let words = one.words.clone();
                let found = self.with(question, &words)?;
                Ok(self.go_on(question, words, found))
            }
            (None, []) => Ok(vec![fault.to_string()]),
            (None, several) => {
                let meant: Vec<Possible> =
                    several.iter().take(MOST_ANSWERS).map(|it| (*it).clone()).collect();
                let more = several.len() - meant.len();
                let mut lines = vec![self.say("cli-asking-which", &[("typed", typed.into())])];
                lines.extend(self.numbered(question, &meant));
                if more > 0 {
                    lines.push(self.say("cli-asking-more", &[("count", more.into())]));
                }
                self.meant = meant;
                Ok(lines)
            }
        }
    }

    fn with(
        &self,
        question: Question,
        words: &str,
    ) -> Result<Identified, crate::reference::identify::BadAnswer> {
        let mut given = self.given.clone();
        given.push(Given { question, words: words.to_owned() });
        self.table.identify(&given)
    }

    fn go_on(&mut self, question: Question, words: String, found: Identified) -> Vec<String> {
        self.given.push(Given { question, words });
        self.found = found;
        self.wanted = None;
        self.meant.clear();
        let mut lines = Vec::new();
        if let Some(last) = self.found.understood.last() {
            let meant: Vec<String> =
                last.meant.iter().map(|meant| named(question, meant, &self.locale)).collect();
            let key = if meant.is_empty() { "cli-cannot-tell" } else { "cli-understood" };
            let name = self.locale.word("question", question.id());
            let facts = [
                ("question", (&name).into()),
                ("meant", meant.join(", ").into()),
                ("left", last.left.into()),
            ];
            lines.push(self.say(key, &facts));
        }
        lines.extend(self.standing());
        lines
    }

    /// How many cards are left with the first of them, and the question with its answers.
    fn standing(&self) -> Vec<String> {
        let mut lines = vec![String::new(), self.left()];
        let cards = &self.found.cards;
        if !cards.is_empty() {
            let first = cards.iter().take(FIRST_CARDS);
            let mut names: Vec<String> = first.map(|card| format!("{} {}", card.make, card.model)).collect();
            if cards.len() > FIRST_CARDS {
                names.push("…".to_owned());
            }
            lines.push(format!("  {}", names.join(", ")));
        }
        let Some(question) = self.question() else {
            lines.push(self.say("cli-asking-end", &[]));
            return lines;
        };
        let best = self.found.questions.first().is_some_and(|asked| asked.question == question);
        let expected = self.found.questions.iter().find(|asked| asked.question == question);
        let expected = expected.map_or(0, |asked| asked.expected.round() as u64);
        let text = self.locale.word("ask", question.id());
        let key = if best { "cli-asking-best" } else { "cli-asking-other" };
        lines.push(self.say(key, &[("question", (&text).into()), ("expected", expected.into())]));
        lines.extend(self.numbered(question, self.offered()));
        let all = self.found.questions.iter().find(|asked| asked.question == question);
        let more = all.map_or(0, |asked| asked.answers.len().saturating_sub(MOST_ANSWERS));
        if more > 0 {
            lines.push(self.say("cli-asking-more", &[("count", more.into())]));
        }
        let others: Vec<Text> = self
            .found
            .questions
            .iter()
            .map(|asked| asked.question)
            .filter(|other| *other != question)
            .map(|other| self.locale.word("question", other.id()))
            .collect();
        if !others.is_empty() {
            lines.push(self.say("cli-asking-others", &[("others", (&Text::join(&others, ", ")).into())]));
        }
        lines
    }

    /// Answers with their numbers, and how many cards each leaves.
    fn numbered(&self, question: Question, answers: &[Possible]) -> Vec<String> {
        let row = |(at, it): (usize, &Possible)| {
            let leaves = self.say("cli-asking-leaves", &[("count", it.leaves.into())]);
            vec![format!("  {:>2}", at + 1), named(question, &it.name, &self.locale), leaves]
        };
        out::aligned(&answers.iter().enumerate().map(row).collect::<Vec<_>>())
    }

    fn left(&self) -> String {
        let (left, beside) = (self.found.cards.len(), self.found.beside.len());
        self.say("cli-identified", &[("left", left.into()), ("beside", beside.into())])
    }

    /// What remains, as a table.
    fn list(&self) -> Vec<String> {
        let reference = self.table.reference();
        let entries = self.found.cards.iter().chain(&self.found.beside);
        let row = |entry: &std::sync::Arc<Entry>| {
            let calibres = calibres(entry, &reference);
            let more = if calibres.len() > 1 { " …" } else { "" };
            let first = calibres.first().map(|calibre| format!("{calibre}{more}")).unwrap_or_default();
            let parts = [entry.make.as_ref(), &entry.model, &first];
            let clip = |(part, width): (&str, u16)| Text::foreign(part).clipped(width).as_str().to_owned();
            let mut cells: Vec<String> = parts.into_iter().zip(LISTED).map(clip).collect();
            cells[0].insert_str(0, "  ");
            cells.push(entry.id.to_string());
            cells
        };
        let rows: Vec<Vec<String>> = entries.clone().take(self.limit).map(row).collect();
        let mut lines = out::aligned(&rows);
        let facts = [("shown", rows.len().into()), ("total", entries.count().into())];
        lines.push(self.say("cli-listed", &facts));
        lines
    }

    /// What was found, how to see it, and how to ask the same in one line.
    fn result(&self) -> Vec<String> {
        let mut lines = vec![String::new(), self.left()];
        if self.found.cards.is_empty() && self.found.beside.is_empty() {
            return lines;
        }
        lines.extend(self.list());
        if let Some(first) = self.found.cards.first().or_else(|| self.found.beside.first()) {
            lines.push(self.say("cli-asking-show", &[("id", first.id.as_str().into())]));
        }
        if !self.given.is_empty() {
            let options = options(&self.given).join(" ");
            lines.push(self.say("cli-asking-again", &[("options", options.into())]));
        }
        lines
    }

    fn say(&self, key: &str, facts: &[(&'static str, Arg)]) -> String {
        self.locale.text(key, facts).as_str().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;

    static TABLE: LazyLock<Table> = LazyLock::new(Table::default);

    fn begin() -> Dialogue<'static> {
        Dialogue::new(&TABLE, 20).unwrap()
    }

    fn said(dialogue: &mut Dialogue<'_>, line: &str) -> String {
        dialogue.take(line).unwrap().join("\n")
    }

    #[test]
    fn number_words_and_a_part_of_a_name_are_answers() {
        let mut dialogue = begin();
        let all = dialogue.found.cards.len();
        said(&mut dialogue, "type");
        assert_eq!(dialogue.question(), Some(Question::Type));
        let first = dialogue.offered()[0].clone();
        said(&mut dialogue, "1");
        assert_eq!(dialogue.found.cards.len(), first.leaves);
        assert!(said(&mut dialogue, "u").contains("What kind of firearm"));
        assert_eq!(dialogue.found.cards.len(), all);
        // Where several are called so they have the numbers, and no others.
        let which = said(&mut dialogue, "shotgun");
        assert!(which.contains("Which") && which.contains("   2  "), "{which}");
        let second = dialogue.offered()[1].words.clone();
        assert!(second.starts_with("shotgun"), "{second}");
        said(&mut dialogue, "2");
        assert_eq!(dialogue.given[0].words, second);
        said(&mut dialogue, "u");
        said(&mut dialogue, "Pistol");
        assert_eq!(dialogue.given[0].words, "pistol_semi");
        said(&mut dialogue, "calibre");
        // A number behind `=` is a text.
        assert!(said(&mut dialogue, "= 9x19").contains("leaves"));
        assert!(said(&mut dialogue, "calibre").contains("answered"));
    }

    #[test]
    fn what_cannot_be_told_and_what_cannot_be_read_are_said() {
        let mut dialogue = begin();
        let all = dialogue.found.cards.len();
        said(&mut dialogue, "country");
        assert!(said(&mut dialogue, "Atlantis").contains("Atlantis"));
        assert!(dialogue.given.is_empty());
        assert!(said(&mut dialogue, "?").contains("cannot be told"));
        assert_eq!((dialogue.found.cards.len(), dialogue.given.len()), (all, 1));
        assert!(said(&mut dialogue, "l").contains(&format!("20 of {}", Text::count(all as u64))));
        assert!(!dialogue.is_over);
        said(&mut dialogue, "q");
        assert!(dialogue.is_over);
        let result = dialogue.result().join("\n");
        assert!(result.contains("headstamp reference show ") && result.contains("--country '?'"), "{result}");
    }

    #[test]
    fn questions_end_when_one_card_is_left_and_the_last_answer_can_still_be_taken_back() {
        let mut dialogue = begin();
        for _ in 0..20 {
            if dialogue.question().is_none() {
                break;
            }
            // The answer that leaves least, whatever the question.
            let least = dialogue.offered().len();
            said(&mut dialogue, &least.to_string());
        }
        assert_eq!(dialogue.question(), None);
        let answers = dialogue.given.len();
        said(&mut dialogue, "u");
        assert_eq!(dialogue.given.len(), answers - 1);
        assert!(dialogue.question().is_some());
    }
}
