//! The validation on one page: figures, the ROC curve and two histograms, as HTML that needs nothing beside it.
//!
//! It writes a string; the caller writes the file. Names of scans come from outside and are escaped.

use std::fmt::Write as _;

use super::metrics;
use super::{PairResult, Validation};

const WIDTH: f64 = 420.0;
const HEIGHT: f64 = 280.0;

/// The page.
pub fn html(title: &str, validation: &Validation, notes: &[String]) -> String {
    let mut page = String::new();
    let title = escaped(title);
    // Writing to a string cannot fail, so the results of these writes carry nothing.
    let _ = write!(
        page,
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{title}</title><style>\
         body{{font:15px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}}\
         table{{border-collapse:collapse}}td{{border:1px solid #999;padding:.2em .6em}}\
         svg{{margin:.5em;border:1px solid #ccc}}</style><h1>{title}</h1>"
    );
    page.push_str(&figures(validation));
    for note in notes {
        let _ = write!(page, "<p>{}</p>", escaped(note));
    }
    page.push_str(&roc(&validation.pairs));
    let largest = validation.pairs.iter().map(|pair| pair.congruent_cells).max().unwrap_or(0) + 1;
    page.push_str(&histogram(
        "Congruent matching cells a pair",
        &validation.pairs,
        largest,
        largest as f64,
        |pair| pair.congruent_cells as f64,
    ));
    page.push_str(&histogram("Score", &validation.pairs, 40, 1.0, |pair| f64::from(pair.score)));
    page.push_str("</html>\n");
    page
}

fn figures(validation: &Validation) -> String {
    let mut table = String::from("<table>");
    if let Ok(serde_json::Value::Object(figures)) = serde_json::to_value(&validation.summary) {
        for (name, value) in figures {
            let text = match value {
                serde_json::Value::String(text) => text,
                serde_json::Value::Null => "not known".to_owned(),
                other => other.to_string(),
            };
            let _ = write!(table, "<tr><td>{}<td>{}", escaped(&name), escaped(&text));
        }
    }
    table.push_str("</table>");
    table
}

fn roc(pairs: &[PairResult]) -> String {
    let points = metrics::roc(&super::scored(pairs)).into_iter().fold(String::new(), |mut points, (x, y)| {
        let _ =
            write!(points, "{:.1},{:.1} ", 40.0 + x * (WIDTH - 60.0), HEIGHT - 40.0 - y * (HEIGHT - 60.0));
        points
    });
    format!(
        "<h2>ROC curve of the score</h2>{}<polyline points=\"{points}\" fill=\"none\" stroke=\"#036\" \
         stroke-width=\"2\"/>{}</svg>",
        frame("share of different-firearm pairs", "share of same-firearm pairs"),
        scale("1", "1")
    )
}

/// Same-firearm pairs upwards in blue, different-firearm pairs in orange, each as a share of its own kind.
fn histogram(
    title: &str,
    pairs: &[PairResult],
    bins: usize,
    end: f64,
    value: impl Fn(&PairResult) -> f64,
) -> String {
    let mut counts = [vec![0usize; bins], vec![0usize; bins]];
    for pair in pairs {
        let bin = ((value(pair) / end * bins as f64).max(0.0) as usize).min(bins - 1);
        counts[usize::from(pair.same)][bin] += 1;
    }
    let mut bars = String::new();
    let wide = (WIDTH - 60.0) / bins as f64;
    let highest = counts
        .iter()
        .map(|kind| kind.iter().max().copied().unwrap_or(0) as f64 / kind.iter().sum::<usize>().max(1) as f64)
        .fold(0.0, f64::max)
        .max(1e-9);
    for (kind, colour) in counts.iter().zip(["#d60", "#036"]) {
        let total = kind.iter().sum::<usize>().max(1) as f64;
        for (bin, count) in kind.iter().enumerate().filter(|(_, count)| **count > 0) {
            let tall = *count as f64 / total / highest * (HEIGHT - 60.0);
            let _ = write!(
                bars,
                "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{tall:.1}\" fill=\"{colour}\" \
                 fill-opacity=\".6\"><title>{count}</title></rect>",
                40.0 + bin as f64 * wide,
                HEIGHT - 40.0 - tall,
                wide.max(1.0),
            );
        }
    }
    format!(
        "<h2>{}</h2>{}{bars}{}</svg><p>Blue: one firearm. Orange: two firearms. Each as a share of its own kind.</p>",
        escaped(title),
        frame(title, "share of pairs"),
        scale(&format!("{end}"), &format!("{highest:.2}"))
    )
}

fn frame(across: &str, up: &str) -> String {
    let (right, bottom) = (WIDTH - 20.0, HEIGHT - 40.0);
    format!(
        "<svg width=\"{WIDTH}\" height=\"{HEIGHT}\" role=\"img\"><path d=\"M40 20V{bottom}H{right}\" fill=\"none\" \
         stroke=\"#000\"/><text x=\"{}\" y=\"{}\" text-anchor=\"middle\" font-size=\"12\">{}</text>\
         <text x=\"14\" y=\"{}\" text-anchor=\"middle\" font-size=\"12\" transform=\"rotate(-90 14 {})\">{}</text>",
        WIDTH / 2.0,
        HEIGHT - 8.0,
        escaped(across),
        HEIGHT / 2.0,
        HEIGHT / 2.0,
        escaped(up)
    )
}

fn scale(right: &str, top: &str) -> String {
    format!(
        "<g font-size=\"11\"><text x=\"36\" y=\"{}\" text-anchor=\"end\">0</text><text x=\"{}\" y=\"{}\" \
         text-anchor=\"end\">{right}</text><text x=\"36\" y=\"26\" text-anchor=\"end\">{top}</text></g>",
        HEIGHT - 26.0,
        WIDTH - 20.0,
        HEIGHT - 26.0
    )
}

/// Text that stays text in HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
