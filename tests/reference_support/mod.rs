//! Lists read into editions in memory, as the desk does it with files.
#![allow(dead_code, reason = "each test binary uses a part")]

use std::fmt::Write as _;

use headstamp::reference::Reference;
use headstamp::reference::import::{
    Detector, Edition, Item, Plan, Reading, Refused, Sink, Tally, read_list, write_head, write_item,
};

/// What reading a list gave.
pub struct Read {
    pub edition: Edition,
    pub refused: Vec<Refused>,
    pub tally: Tally,
    pub plan: Plan,
}

/// Reads a list from its bytes.
pub fn read(reference: &Reference, name: &str, bytes: &[u8], reading: &Reading) -> Read {
    let mut detector = Detector::default();
    detector.feed(bytes);
    let encoding = detector.encoding();
    let plan = Plan::of(bytes, encoding, reading, &[]).expect("the list is known");
    let mut kept = Kept::default();
    write_head(&mut kept.file).expect("memory takes all");
    let tally = read_list(reference, name, &plan, encoding, bytes, &mut kept).expect("it is not stopped");
    let edition = Edition::read(reference, name, &kept.file).expect("it reads what it wrote");
    Read { edition, refused: kept.refused, tally, plan }
}

#[derive(Default)]
struct Kept {
    file: Vec<u8>,
    refused: Vec<Refused>,
}

impl Sink for Kept {
    fn keep(&mut self, item: &Item) -> std::io::Result<()> {
        write_item(&mut self.file, item)
    }

    fn refuse(&mut self, refused: &Refused) -> std::io::Result<()> {
        self.refused.push(refused.clone());
        Ok(())
    }

    fn goes_on(&mut self, _rows: u64) -> bool {
        true
    }
}

/// A list of 250,000 believable entries: every make with models of the table's own words and other numbers.
pub fn big_list(reference: &Reference) -> String {
    let makes: Vec<&str> = reference.makes().all().iter().map(|make| make.name.as_str()).collect();
    let models: Vec<&str> = reference.entries().iter().map(|entry| entry.model.as_str()).collect();
    let calibres: Vec<&str> =
        reference.calibres().all().iter().map(|calibre| calibre.name.as_str()).collect();
    let mut text = String::from("id,make,model,calibre,country\n");
    for row in 0..250_000usize {
        let make = makes[row * 7 % makes.len()].replace('"', "");
        let model = models[row * 13 % models.len()].replace('"', "");
        let number = row / models.len();
        let calibre = calibres[row * 31 % calibres.len()].replace('"', "");
        let country = ["Italy", "USA", "Türkiye", "Россия", "Brazil"][row % 5];
        writeln!(text, "{row},\"{make}\",\"{model} {number}\",\"{calibre}\",{country}")
            .expect("a String takes all");
    }
    text
}
