//! Records for the bench of the search: seeded, about 700 bytes of JSON each, words of the frequencies that texts have.

use headstamp::domain::id::DocId;
use headstamp::domain::lifecycle::RecordState;
use headstamp::domain::record::{Record, RecordReason};
use headstamp::search::IndexDocument;

const MAKES: [&str; 24] = [
    "Zastava",
    "Česká zbrojovka",
    "Beretta",
    "Glock",
    "Fabrique Nationale",
    "Smith & Wesson",
    "Colt",
    "Walther",
    "Ekol Voltran",
    "Zoraki",
    "Norinco",
    "Izhmash",
    "Taurus",
    "SIG Sauer",
    "Heckler & Koch",
    "Ruger",
    "Remington",
    "Mossberg",
    "Browning",
    "Astra",
    "Star",
    "Llama",
    "Tokarev",
    "Winchester",
];
const CALIBRES: [&str; 10] = [
    "9 mm Luger",
    "7.65 mm Browning",
    ".22 LR",
    "7.62x39",
    "5.56x45",
    ".45 ACP",
    "12/70",
    "9 mm P.A.K.",
    "7.62x25",
    ".38 Special",
];
const TYPES: [&str; 6] =
    ["pistol_semi", "revolver", "rifle_auto", "shotgun_pump", "rifle_bolt", "air_gas_alarm"];
const COUNTRIES: [&str; 16] =
    ["BE", "ES", "FR", "DE", "RS", "BA", "AL", "TR", "IT", "NL", "MX", "BR", "ZA", "NG", "US", "CZ"];
const PLACES: [&str; 8] = [
    "Rue Haute",
    "Central Station",
    "Old Harbour",
    "Market Square",
    "Airport cargo area",
    "Gran Vía",
    "Hauptstraße",
    "Bulevar mira",
];
const SYLLABLES: [&str; 32] = [
    "ba", "ber", "cor", "da", "den", "el", "fa", "gar", "ha", "in", "jo", "ka", "lan", "lo", "ma", "mir",
    "na", "no", "or", "pa", "ra", "ro", "sa", "sta", "ta", "ter", "ul", "va", "vo", "wen", "za", "zi",
];

/// The numbers of a small generator (`SplitMix64`).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    fn pick<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len() as u64) as usize]
    }

    /// A place in a list where the first are much more frequent than the last.
    fn often_early(&mut self, limit: u64) -> u64 {
        let share = self.below(1 << 20) as f64 / f64::from(1 << 20);
        ((limit as f64).powf(share) as u64).min(limit) - 1
    }
}

/// The source of records.
pub struct Records {
    numbers: Numbers,
    template: Record,
    made: u64,
}

impl Records {
    pub fn new() -> Self {
        let template = serde_json::json!({
            "id": DocId::from_bytes([0; 16]), "number": "ES-2026-000001", "owner": "ES", "office": "NCB Madrid", "state": "active",
            "provenance": {"how": "import", "by": "J. Ortega", "at": "2026-10-01T08:00:00Z"},
        });
        let template = serde_json::from_value(template).expect("a record with defaults");
        Self { numbers: Numbers(1), template, made: 0 }
    }

    pub fn records(&mut self, count: usize) -> Vec<(u64, Record)> {
        (0..count).map(|_| self.record()).collect()
    }

    /// Goes on as if so many records had been made.
    pub fn pass_over(&mut self, records: u64) {
        self.made += records;
        self.numbers.0 ^= records;
    }

    pub fn batch(&mut self, count: usize) -> Vec<IndexDocument> {
        self.records(count).iter().map(|(seq, record)| IndexDocument::of(*seq, record)).collect()
    }

    /// The record of an early number, changed.
    pub fn amended(&mut self, at: u64) -> IndexDocument {
        let (seq, mut record) = self.record();
        record.id = id(at);
        IndexDocument::of(seq, &record)
    }

    /// How long the JSON of a record is on average.
    pub fn average_json() -> usize {
        let sample = Self::new().records(500);
        sample
            .iter()
            .map(|(_, record)| serde_json::to_string(record).map_or(0, |json| json.len()))
            .sum::<usize>()
            / sample.len()
    }

    fn record(&mut self) -> (u64, Record) {
        self.made += 1;
        let at = self.made;
        let n = &mut self.numbers;
        let mut record = self.template.clone();
        record.id = id(at);
        let country = COUNTRIES[n.often_early(16) as usize];
        record.number = format!("{country}-{}-{:06}", 2015 + at / 200_000, at % 1_000_000);
        record.owner = country.parse().expect("a country");
        record.office = format!("NCB {}", name(n.often_early(60)));
        record.provenance.at = jiff::Timestamp::from_second(1_420_000_000 + at as i64 * 150).expect("a time");
        if n.below(10) == 0 {
            record.state = RecordState::ALL[n.below(9) as usize];
        }
        let content = &mut record.content;
        content.reason = Some(RecordReason::ALL[n.often_early(6) as usize]);
        content.case_ref = format!("DP-{}-{}", 2010 + n.below(16), n.below(20_000));
        content.agency = format!("{} police {}", name(n.often_early(400)), n.below(60));
        content.event.date = format!("{}-{:02}-{:02}", 2005 + n.below(21), 1 + n.below(12), 1 + n.below(28))
            .parse()
            .expect("a day");
        content.event.country = COUNTRIES[n.often_early(16) as usize].parse().ok();
        content.event.region = name(n.often_early(300));
        content.event.place = format!("{} {}, {}", n.pick(&PLACES), n.below(200), name(n.often_early(5_000)));
        content.contact.unit = format!("firearms unit {}", name(n.often_early(200)));
        content.contact.phone =
            format!("+{} {} {}", 30 + n.below(60), 100 + n.below(900), 10_000 + n.below(90_000));
        let words: Vec<String> = (0..14).map(|_| name(n.often_early(60_000))).collect();
        content.circumstances =
            format!("taken from a {} near the {}", words[..10].join(" "), words[10..].join(" "));
        content.review_on = format!("{}-{:02}-01", 2026 + n.below(5), 1 + n.below(12)).parse().ok();
        let firearm = &mut content.firearm;
        MAKES[n.often_early(24) as usize].clone_into(&mut firearm.make);
        firearm.make_id = firearm.make.to_lowercase();
        firearm.model = format!(
            "{}{} {}",
            n.pick(&["M", "CZ", "P", "Mod ", "G"]),
            10 + n.often_early(90),
            n.pick(&["", "", "AB", "FS", "Compact"])
        );
        CALIBRES[n.often_early(10) as usize].clone_into(&mut firearm.calibre);
        firearm.firearm_type = n.pick(&TYPES).parse().ok();
        let letter = n.pick(&["A", "B", "C", "K", "M", "Z", "AB", ""]);
        firearm.serial = format!("{letter}-{}", n.below(9_000_000));
        if n.below(40) == 0 {
            firearm.serial.replace_range(firearm.serial.len() - 1.., "?");
        }
        (at, record)
    }
}

fn id(at: u64) -> DocId {
    // As bulk additions make them: a dozen in each millisecond, one after the other.
    let time = u128::from(1_760_000_000_000 + at / 12) << 80;
    let random = u128::from((at / 12).wrapping_mul(0x9e37_79b9_7f4a_7c15)) << 8;
    DocId::from_bytes((time | (random + u128::from(at % 12))).to_be_bytes())
}

/// The word of a rank, of two to four syllables; frequent words are short.
fn name(rank: u64) -> String {
    let mut rest = rank * 7 + 33;
    let mut word = String::new();
    while rest > 0 {
        word.push_str(SYLLABLES[(rest % 32) as usize]);
        rest /= 32;
    }
    word
}

/// Queries of every kind, about what records of the source say: broad and narrow.
pub fn queries(source: &mut Records, count: usize) -> Vec<String> {
    let mut all = Vec::new();
    for at in 0..count {
        let (_, record) = source.record();
        let content = &record.content;
        let words: Vec<&str> = content.circumstances.split(' ').collect();
        let make = &content.firearm.make;
        let town = content.event.place.split(", ").last().unwrap_or_default();
        let begun = |word: &str, letters: usize| word.chars().take(letters).collect::<String>();
        all.push(match at % 20 {
            0 => format!("{make} "),
            1 => format!("make:\"{make}\" stolen since:2020 "),
            2 => format!("{town} {} ", words[5]),
            3 => format!("\"{} {}\"", words[4], words[5]),
            4 => format!("place:\"{}\"", content.event.place),
            5 => begun(words[6], 2),
            6 => begun(words[7], 3),
            7 => begun(make, 4),
            8 => format!("stolen {}", begun(town, 3)),
            9 => format!("x{} ", words[8]),
            10 => format!("{town}q "),
            11 => format!("since:{}-06 until:{}-02 ", 2010 + at % 10, 2012 + at % 10),
            12 => format!("year:2019 -stolen country:{} ", record.owner),
            13 => format!("serial:{} ", content.firearm.serial.replace('?', "1")),
            14 => record.number.clone(),
            15 => format!("{} ", content.firearm.serial.replace('?', "")),
            16 => format!("{} pistol ", content.firearm.model),
            17 => [
                "",
                "stolen",
                "-stolen",
                "active",
                "pistol ",
                "police ",
                "taken from ",
                "\"taken from a\" ",
                "m",
                "entered:2020..",
            ][at / 20 % 10]
                .to_owned(),
            18 => format!("{make} OR {} {} ", words[4], words[5]),
            _ => format!("case:{} ", content.case_ref),
        });
    }
    all
}
