//! `headstamp ballistics segment FILE --out PNG`: the parts of a head, found and drawn.

use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{anyhow, bail};
use clap::Args;
use serde_json::{Value, json};

use super::input::{self, InputArgs};
use super::work::write_whole;
use crate::ballistics::formats::{self, Mask, Scan, x3p};
use crate::ballistics::segment::{self, Circle, Overrides, SegmentKind, Segmentation, draw, paint};
use crate::ballistics::surface::{Quantity, Surface};
use crate::cli::out;

/// Arguments of `segment`. Places are micrometres from the top left corner, x to the right and y down.
#[derive(Debug, Args)]
pub struct SegmentArgs {
    /// An X3P scan or a photograph.
    file: PathBuf,
    #[command(flatten)]
    input: InputArgs,
    /// Draw the parts over the shaded surface into this PNG.
    #[arg(long, value_name = "PNG")]
    out: Option<PathBuf>,
    /// Write the parts as a picture to paint on: green is the breech face, blue the firing-pin impression.
    #[arg(long, value_name = "PNG")]
    parts: Option<PathBuf>,
    /// Take the parts from a picture that was written by --parts and corrected, instead of finding them.
    #[arg(long, value_name = "PNG", conflicts_with_all = ["centre", "breech", "aperture", "pin"])]
    mask: Option<PathBuf>,
    /// Save the surface as X3P with the breech face as its mask.
    #[arg(long, value_name = "X3P")]
    save: Option<PathBuf>,
    /// Centre of the primer, in micrometres.
    #[arg(long, value_name = "X,Y", value_parser = input::parse_point, requires = "radius", allow_hyphen_values = true)]
    centre: Option<(f64, f64)>,
    /// Radius of the primer, in micrometres.
    #[arg(long, value_name = "R", requires = "centre")]
    radius: Option<f64>,
    /// The outer edge of the breech face, in micrometres.
    #[arg(long, value_name = "X,Y,R", value_parser = input::parse_circle, allow_hyphen_values = true)]
    breech: Option<Circle>,
    /// The rim of the firing-pin aperture, in micrometres.
    #[arg(long, value_name = "X,Y,R", value_parser = input::parse_circle, allow_hyphen_values = true)]
    aperture: Option<Circle>,
    /// The firing-pin impression, in micrometres.
    #[arg(long, value_name = "X,Y,R", value_parser = input::parse_circle, allow_hyphen_values = true)]
    pin: Option<Circle>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Runs `segment`.
///
/// # Errors
/// When the file cannot be read, nothing is found, or a result cannot be written.
pub fn run(args: &SegmentArgs) -> anyhow::Result<ExitCode> {
    let name = input::shown(&args.file);
    let overrides = overrides(args)?;
    let bytes = input::bytes(&args.file)?;
    let scan =
        formats::read_scan(&bytes, &args.input.options()).map_err(|error| anyhow!("{name}: {error}"))?;
    if args.save.is_some() && scan.surface.quantity != Quantity::Height {
        bail!("{name} is a photograph: --save writes heights as X3P");
    }
    let found = match &args.mask {
        Some(mask) => painted(mask, &scan.surface)?,
        None => segment::segment(&scan.surface, &overrides).map_err(|error| anyhow!("{name}: {error}"))?,
    };
    if let Some(out) = &args.out {
        input::refuse_same(&args.file, out)?;
        write_png(out, &draw::overlay(&scan.surface, &found))?;
    }
    if let Some(parts) = &args.parts {
        input::refuse_same(&args.file, parts)?;
        write_png(parts, &paint::paint(&scan.surface, &found))?;
    }
    if let Some(save) = &args.save {
        input::refuse_same(&args.file, save)?;
        let bytes = x3p::write(&scan.surface, Some(&found.breech_face), &scan.provenance)?;
        write_whole(save, &bytes)?;
    }
    if args.json {
        out::json(&as_json(&name, &scan, &found))?;
    } else {
        out::text(as_text(&name, &scan, &found, args).trim_end())?;
    }
    Ok(ExitCode::SUCCESS)
}

fn write_png(path: &Path, picture: &image::RgbImage) -> anyhow::Result<()> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png)?;
    write_whole(path, bytes.get_ref())
}

/// The parts that a person painted.
fn painted(picture: &Path, surface: &Surface) -> anyhow::Result<Segmentation> {
    let parts = paint::read(&input::bytes(picture)?, surface)
        .map_err(|error| anyhow!("{}: {error}", input::shown(picture)))?;
    Ok(segment::painted(parts))
}

fn overrides(args: &SegmentArgs) -> anyhow::Result<Overrides> {
    let primer = match (args.centre, args.radius) {
        (Some(_), Some(radius)) if !(radius.is_finite() && radius > 0.0) => {
            bail!("--radius must be a number of micrometres above 0, not {radius}")
        }
        (Some((x, y)), Some(radius)) => Some(Circle { x, y, radius }),
        _ => None,
    };
    Ok(Overrides { primer, breech_face: args.breech, aperture: args.aperture, pin: args.pin })
}

/// Agreement with the mask in the file: intersection over union, and the area that differs as a share of the file's.
fn agreement(theirs: &Mask, ours: &Mask) -> Option<(f64, f64)> {
    let differing = theirs.keep.iter().zip(&ours.keep).filter(|(a, b)| a != b).count();
    Some((ours.intersection_over_union(theirs)?, differing as f64 / theirs.count().max(1) as f64))
}

fn area_mm2(scan: &Scan, mask: &Mask) -> f64 {
    mask.count() as f64 * scan.surface.pitch_x.0 * scan.surface.pitch_y.0 / 1e6
}

fn as_json(name: &str, scan: &Scan, found: &Segmentation) -> Value {
    let compared = scan.mask.as_ref().and_then(|mask| agreement(mask, &found.breech_face));
    json!({
        "file": name,
        "kind": found.kind,
        "primer": found.primer,
        "breech_face": found.breech_circle,
        "aperture": found.aperture,
        "pin": found.pin,
        "breech_face_mm2": area_mm2(scan, &found.breech_face),
        "firing_pin_mm2": area_mm2(scan, &found.firing_pin),
        "notes": found.notes,
        "mask_in_file": compared.map(|(iou, differing)| {
            json!({"intersection_over_union": iou, "differing_area": differing})
        }),
    })
}

fn as_text(name: &str, scan: &Scan, found: &Segmentation, args: &SegmentArgs) -> String {
    let mut lines = vec![match found.kind {
        SegmentKind::Head => format!("{name}: a cartridge-case head"),
        SegmentKind::BreechFaceOnly => format!("{name}: a breech face alone; all that was measured is kept"),
    }];
    let circles = [
        ("primer", found.primer),
        ("breech face", found.breech_circle),
        ("aperture", found.aperture),
        ("pin", found.pin),
    ];
    for (label, circle) in circles {
        lines.push(match circle {
            Some(c) => format!("{label:<13}centre {:.0}, {:.0} µm, radius {:.0} µm", c.x, c.y, c.radius),
            None => format!("{label:<13}none"),
        });
    }
    lines.push(format!("{:<13}{:.3} mm² of breech face", "area", area_mm2(scan, &found.breech_face)));
    if let Some((iou, differing)) = scan.mask.as_ref().and_then(|mask| agreement(mask, &found.breech_face)) {
        let differing = 100.0 * differing;
        lines.push(format!(
            "{:<13}intersection over union {iou:.3}, differing area {differing:.1} % (the mask was not used)",
            "mask in file"
        ));
    }
    lines.extend(found.notes.iter().map(|note| format!("{:<13}{note}", "note")));
    if let Some(out) = &args.out {
        lines.push(format!("{:<13}{}", "drawn", input::shown(out)));
    }
    if let Some(parts) = &args.parts {
        lines.push(format!(
            "{:<13}{}: paint on it and give it back with --mask",
            "parts",
            input::shown(parts)
        ));
    }
    if let Some(save) = &args.save {
        lines.push(format!("{:<13}{}", "saved", input::shown(save)));
    }
    lines.join("\n")
}
