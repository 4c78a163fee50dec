//! Folding: the facts in memory become a run, and runs of about the same size become one.

use std::path::Path;
use std::sync::Arc;

use super::facts::Set;
use super::memtable::Memtable;
use super::run::{Cursor, Run};
use super::run_writer::RunWriter;
use crate::store::contract::StoreError;

/// Writes the facts in memory as a run.
pub fn write_memtable(memtable: &Memtable, path: &Path) -> Result<(), StoreError> {
    let mut writer = RunWriter::create(path, memtable.entries() as u64)?;
    for set in Set::ALL {
        writer.begin(set, memtable.facts(set))?;
        for fact in memtable.from(set, &[]) {
            writer.push(fact)?;
        }
    }
    writer.finish()
}

/// Writes the facts of several runs as one.
pub fn merge(runs: &[Arc<Run>], path: &Path) -> Result<(), StoreError> {
    let mut writer = RunWriter::create(path, runs.iter().map(|run| run.entries()).sum())?;
    for set in Set::ALL {
        let facts: u64 = runs.iter().map(|run| run.facts(set)).sum();
        writer.begin(set, facts as usize)?;
        let mut merged = Merged::new(runs, set, &[])?;
        while let Some(fact) = merged.fact() {
            writer.push(fact)?;
            merged.step()?;
        }
    }
    writer.finish()
}

/// Which runs, of those at the end of the list, are to become one; `None` where none.
///
/// A run is of the size class that says how often `base` entries were multiplied by `count`; `count` of one class are merged.
pub fn due(entries: &[u64], base: u64, count: usize) -> Option<std::ops::Range<usize>> {
    let factor = count.max(2) as u64;
    let class = |entries: u64| (entries / base.max(1)).max(1).ilog(factor);
    let last = class(*entries.last()?);
    let start = entries.iter().rposition(|run| class(*run) > last).map_or(0, |at| at + 1);
    (entries.len() - start >= count.max(2)).then_some(start..entries.len())
}

/// The facts of a set of several runs in order; one told twice comes twice.
pub struct Merged {
    cursors: Vec<Cursor>,
    least: Option<usize>,
}

impl Merged {
    /// At the first fact that is `start` or after it.
    pub fn new(runs: &[Arc<Run>], set: Set, start: &[u8]) -> Result<Self, StoreError> {
        let cursors: Result<Vec<_>, _> =
            runs.iter().map(|run| Cursor::new(Arc::clone(run), set, start)).collect();
        let mut merged = Self { cursors: cursors?, least: None };
        merged.find_least();
        Ok(merged)
    }

    /// The fact it stands at; `None` behind the last.
    pub fn fact(&self) -> Option<&[u8]> {
        self.cursors[self.least?].fact()
    }

    /// Goes to the next.
    pub fn step(&mut self) -> Result<(), StoreError> {
        if let Some(least) = self.least {
            self.cursors[least].step()?;
            self.find_least();
        }
        Ok(())
    }

    fn find_least(&mut self) {
        let facts = self.cursors.iter().enumerate().filter_map(|(at, cursor)| Some((cursor.fact()?, at)));
        self.least = facts.min().map(|(_, at)| at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_one_size_are_merged_when_there_are_enough_of_them() {
        let cases: [(&[u64], Option<std::ops::Range<usize>>); 7] = [
            (&[], None),
            (&[10], None),
            (&[10, 10, 10], None),
            (&[10, 10, 10, 10], Some(0..4)),
            (&[40, 10, 10, 12], None),
            (&[40, 40, 10, 10, 10, 10], Some(2..6)),
            (&[40, 40, 40, 41], Some(0..4)),
        ];
        for (entries, expected) in cases {
            assert_eq!(due(entries, 10, 4), expected, "of {entries:?}");
        }
    }

    #[test]
    fn facts_survive_folding_and_merging() {
        let folder = tempfile::tempdir().unwrap();
        let mut all = Vec::new();
        let mut runs = Vec::new();
        for run in 0..3u32 {
            let mut memtable = Memtable::default();
            for n in 0..2_000u32 {
                let fact = format!("{:07}", (n * 7 + run) * 13 % 10_000).into_bytes();
                all.push(fact.clone());
                memtable.insert(vec![(Set::Shapes, fact)]);
            }
            let path = folder.path().join(format!("{run}"));
            write_memtable(&memtable, &path).unwrap();
            runs.push(Arc::new(Run::open(&path).unwrap()));
        }
        let path = folder.path().join("merged");
        merge(&runs, &path).unwrap();
        let merged = Run::open(&path).unwrap();
        all.sort();
        all.dedup();
        assert_eq!((merged.entries(), merged.facts(Set::Shapes)), (6_000, all.len() as u64));
        for with in ["", "00", "0012", "9", "0001234", "x"] {
            let mut found = Vec::new();
            merged.each(Set::Shapes, with.as_bytes(), &mut |fact| found.push(fact.to_vec())).unwrap();
            let expected: Vec<_> =
                all.iter().filter(|fact| fact.starts_with(with.as_bytes())).cloned().collect();
            assert_eq!(found, expected, "beginning with {with:?}");
        }
    }

    #[test]
    fn every_damaged_byte_of_a_run_is_noticed_or_harmless() {
        let folder = tempfile::tempdir().unwrap();
        let mut memtable = Memtable::default();
        for n in 0..20u32 {
            let key = format!("C{n:05}\0").into_bytes();
            memtable.insert(vec![
                (Set::Heads, [&[0; 12][..], &n.to_be_bytes(), &[0; 8]].concat()),
                (Set::Serials, [&key[..], &[7; 25]].concat()),
            ]);
        }
        let path = folder.path().join("run");
        write_memtable(&memtable, &path).unwrap();
        let good = std::fs::read(&path).unwrap();
        let facts = |path: &Path| -> Result<Vec<Vec<u8>>, StoreError> {
            let run = Run::open(path)?;
            let mut facts = Vec::new();
            for set in Set::ALL {
                run.each(set, &[], &mut |fact| facts.push(fact.to_vec()))?;
            }
            Ok(facts)
        };
        let expected = facts(&path).unwrap();
        assert_eq!(expected.len(), 40);
        for at in 0..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 0x04;
            std::fs::write(&path, &bad).unwrap();
            if let Ok(read) = facts(&path) {
                assert!(read == expected && at < 8, "byte {at} was flipped and went unnoticed");
            }
            std::fs::write(&path, &good[..at]).unwrap();
            assert!(facts(&path).is_err(), "a run cut to {at} bytes was read");
        }
    }
}
