use headstamp::reference::{
    Reference,
    search::{Filters, Index},
};
use std::sync::Arc;
fn main() {
    let t = std::time::Instant::now();
    let r = Arc::new(Reference::shipped().unwrap());
    let t1 = t.elapsed();
    let i = Index::build(r.clone());
    println!(
        "load {t1:?} index {:?} entries {} makes {} calibres {}",
        t.elapsed().checked_sub(t1).unwrap(),
        r.entries().len(),
        r.makes().all().len(),
        r.calibres().all().len()
    );
    let f = r.check();
    println!("faults {}", f.len());
    for x in f.iter().take(std::env::var("F").ok().and_then(|x| x.parse().ok()).unwrap_or(0)) {
        println!("  {x}");
    }
    for q in std::env::args().skip(1) {
        let t = std::time::Instant::now();
        let res = i.search(&q, &Filters::default(), 6);
        println!(
            "== {q}  total {} in {:?} serial {:?} ignored {:?}",
            res.total,
            t.elapsed(),
            res.serial,
            res.ignored
        );
        for h in &res.hits {
            println!(
                "   {:.2} {} | {} | {} {:?}",
                h.score,
                h.entry.make,
                h.entry.model,
                h.entry.id,
                h.reasons
                    .iter()
                    .map(|r| format!("{}~{:?}:{}", r.words, r.kind, r.matched))
                    .collect::<Vec<_>>()
            );
        }
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    for l in status.lines().filter(|l| l.starts_with("VmRSS") || l.starts_with("VmHWM")) {
        println!("{l}");
    }
}
