//! The columns of a list: what each says, before a list is read whose headings nobody knows, or that is to be read otherwise.

use std::path::PathBuf;

use crate::app::rows::Rows;
use crate::desk::editions::{ListLook, LookedColumn};
use crate::locale::{Locale, Text};
use crate::reference::import::{Column, Mapping};

/// What the screen holds.
#[derive(Debug, Clone, PartialEq)]
pub struct MappingScreen {
    /// The list, with what its columns say now.
    look: ListLook,
    /// The columns, to go through.
    pub rows: Rows<LookedColumn>,
    /// The columns before each change, the last at the end.
    earlier: Vec<Vec<LookedColumn>>,
}

impl MappingScreen {
    /// Begins with what was found.
    pub fn of(look: ListLook) -> Self {
        let rows = Rows::whole(look.columns.clone());
        Self { look, rows, earlier: Vec::new() }
    }

    /// Takes the columns as they are in the file now. Where they are the same nothing changes; else each keeps what was said of it, and
    /// the changes before cannot be taken back.
    pub fn read_again(&mut self, mut look: ListLook) {
        let names = |look: &ListLook| -> Vec<String> {
            look.columns.iter().map(|column| column.name.clone()).collect()
        };
        if names(&look) != names(&self.look) {
            self.earlier.clear();
        }
        for column in &mut look.columns {
            if let Some(before) = self.look.columns.iter().find(|before| before.name == column.name) {
                (column.meaning, column.guessed) = (before.meaning, before.guessed);
            }
        }
        self.rows.replace(look.columns.clone());
        self.look = look;
    }

    /// The list.
    pub fn look(&self) -> &ListLook {
        &self.look
    }

    /// The file, as it was chosen.
    pub fn path(&self) -> &PathBuf {
        &self.look.file
    }

    /// How many meanings are guesses that nobody has looked at yet.
    pub fn guesses(&self) -> usize {
        self.look.columns.iter().filter(|column| column.guessed).count()
    }

    /// Says what the selected column is. What only one column may say is taken from the one that had it; the answer is that one's name.
    pub fn choose(&mut self, meaning: Option<Column>) -> Option<String> {
        let at = usize::try_from(self.rows.selected_at()).unwrap_or(usize::MAX);
        self.look.columns.get(at)?;
        self.earlier.push(self.look.columns.clone());
        let single = meaning.filter(|column| !column.may_repeat());
        let columns = self.look.columns.iter_mut().enumerate();
        let before = columns
            .filter(|(other, column)| *other != at && single.is_some() && column.meaning == single)
            .map(|(_, column)| {
                (column.meaning, column.guessed) = (None, false);
                column.name.clone()
            })
            .last();
        let column = &mut self.look.columns[at];
        (column.meaning, column.guessed) = (meaning, false);
        self.rows.replace(self.look.columns.clone());
        before
    }

    /// Takes the last change back; whether there was one.
    pub fn undo(&mut self) -> bool {
        let Some(columns) = self.earlier.pop() else { return false };
        self.look.columns = columns;
        self.rows.replace(self.look.columns.clone());
        true
    }

    /// What is still needed before the list can be read.
    pub fn needs(&self) -> Vec<Column> {
        self.mapping().needs()
    }

    /// The same in words.
    pub fn needed(&self, locale: &Locale) -> Text {
        let needs: Vec<Text> =
            self.needs().iter().map(|column| locale.word("mapping-need", column.id())).collect();
        Text::join(&needs, ", ")
    }

    /// The mapping as it is now.
    pub fn mapping(&self) -> Mapping {
        self.look.mapping()
    }
}

/// The word of a mapping for a meaning, as its file has it.
pub fn word(meaning: Option<Column>, locale: &Locale) -> Text {
    meaning.map_or_else(|| locale.plain("mapping-passed-over"), |column| Text::foreign(column.id()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::import::Encoding;

    fn screen(meanings: &[Option<Column>]) -> MappingScreen {
        let column = |(at, meaning): (usize, &Option<Column>)| LookedColumn {
            name: format!("c{at}"),
            heading: format!("c{at}"),
            samples: Vec::new(),
            meaning: *meaning,
            guessed: meaning.is_some(),
        };
        MappingScreen::of(ListLook {
            file: "list.csv".into(),
            kind: None,
            encoding: Encoding::Utf8,
            delimiter: ';',
            columns: meanings.iter().enumerate().map(column).collect(),
        })
    }

    #[test]
    fn what_one_column_may_say_moves_and_what_several_may_say_does_not() {
        let mut screen = screen(&[Some(Column::Make), None, Some(Column::Calibre)]);
        screen.rows.select(1);
        assert_eq!(screen.choose(Some(Column::Make)), Some("c0".into()));
        assert_eq!(screen.choose(Some(Column::Calibre)), None);
        let says = |screen: &MappingScreen| -> Vec<Option<Column>> {
            screen.look().columns.iter().map(|column| column.meaning).collect()
        };
        assert_eq!(says(&screen), [None, Some(Column::Calibre), Some(Column::Calibre)]);
        assert_eq!(screen.needs(), [Column::Make, Column::Model]);
        assert!(screen.undo() && screen.undo() && !screen.undo());
        assert_eq!(says(&screen), [Some(Column::Make), None, Some(Column::Calibre)]);
        assert_eq!(screen.guesses(), 2, "a guess is a guess again");
    }
}
