//! Real scans, and synthetic exhibits among a hundred thousand.

use super::*;

/// The folder of labelled scans, or `None` after saying that the test did not run.
fn shared(what: &str) -> Option<PathBuf> {
    let root = std::env::var_os("HEADSTAMP_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let path = root.join("data/ballistics").join(what);
    if path.exists() {
        return Some(path);
    }
    println!("NOT RUN: {} is absent", path.display());
    None
}

fn fadul() -> Option<Vec<(String, String, Surface)>> {
    let dir = shared("fadul")?;
    let truth = std::fs::read_to_string(dir.join("truth.csv")).unwrap();
    let scans = truth.lines().skip(1).filter_map(|line| line.rsplit_once(','));
    Some(
        scans
            .map(|(scan, gun)| {
                let bytes = std::fs::read(dir.join(scan)).unwrap();
                (
                    scan.to_owned(),
                    gun.to_owned(),
                    x3p::read(&bytes, &x3p::ReadOptions::default()).unwrap().surface,
                )
            })
            .collect(),
    )
}

fn labelled(scans: Vec<(String, String, Surface)>) -> Vec<Labelled> {
    scans.into_iter().map(|(scan, gun, surface)| Labelled { scan, gun, exhibit: exhibit(&surface) }).collect()
}

/// In a debug build the 780 pairs take minutes, so there they are thinned.
fn pairs_in_time() -> Option<usize> {
    if cfg!(debug_assertions) { Some(40) } else { None }
}

#[test]
fn fadul_scans_are_told_apart_as_published() {
    let Some(scans) = fadul() else { return };
    let stopped = AtomicBool::new(false);
    let watch = Watch::new(&stopped, &|_, _| {});
    let result =
        validate::validate(&labelled(scans), &confirm::Parameters::default(), pairs_in_time(), &watch)
            .unwrap();
    let s = result.summary;
    assert_eq!(s.auc, Some(1.0), "area under the curve");
    assert_eq!(s.top1_hits, s.queries, "every query finds a mate first");
    assert!((s.map - 1.0).abs() < 1e-12, "mean average precision {}", s.map);
    assert!(s.same_min_cells >= Some(18), "a same-gun pair has {:?} cells", s.same_min_cells);
    assert!(s.different_max_cells <= Some(2), "a different-gun pair has {:?} cells", s.different_max_cells);
}

#[test]
fn perturbed_fadul_scans_find_their_mates() {
    let Some(scans) = fadul() else { return };
    let scans = scans
        .into_iter()
        .enumerate()
        .map(|(index, (scan, gun, surface))| {
            let mut random = Random::of(2, &[index as u64]);
            (scan, gun, Perturbation::draw(&mut random).apply(&surface, &mut random))
        })
        .collect();
    let stopped = AtomicBool::new(false);
    let watch = Watch::new(&stopped, &|_, _| {});
    let limit = pairs_in_time().unwrap_or(126);
    let result =
        validate::validate(&labelled(scans), &confirm::Parameters::default(), Some(limit), &watch).unwrap();
    assert!(result.summary.auc >= Some(0.999), "area under the curve {:?}", result.summary.auc);
}

#[test]
fn hard_perturbed_fadul_scans_are_told_apart_far_better_than_by_chance() {
    let Some(scans) = fadul() else { return };
    // Every other scan hard, the rest mild, as a folder of two laboratories would be.
    let scans = scans
        .into_iter()
        .enumerate()
        .map(|(index, (scan, gun, surface))| {
            let mut random = Random::of(11, &[index as u64]);
            let seen = if index % 2 == 0 {
                HardPerturbation::draw(&mut random).apply(&surface, &mut random)
            } else {
                Perturbation::draw(&mut random).apply(&surface, &mut random)
            };
            (scan, gun, seen)
        })
        .collect();
    let stopped = AtomicBool::new(false);
    let watch = Watch::new(&stopped, &|_, _| {});
    let limit = pairs_in_time().unwrap_or(126);
    let result =
        validate::validate(&labelled(scans), &confirm::Parameters::default(), Some(limit), &watch).unwrap();
    assert!(result.summary.auc >= Some(0.85), "area under the curve {:?}", result.summary.auc);
}

/// The real scans hidden among 100,000 synthetic ones. It takes minutes to make them: run it by name with `--ignored`.
#[test]
#[ignore = "makes 100,000 synthetic exhibits: several minutes"]
fn true_mates_are_among_the_first_ten_of_a_hundred_thousand() {
    let Some(scans) = fadul() else { return };
    let path = std::env::temp_dir().join(format!("headstamp-gallery-{}.hsg", std::process::id()));
    let mut writer = Writer::new(std::io::BufWriter::new(std::fs::File::create(&path).unwrap())).unwrap();
    let head = |id: String| EntryHead {
        id,
        version: String::new(),
        calibre: None,
        quantity: Quantity::Height,
        class: ClassCharacteristics::default(),
    };
    // What a signature sees is coarser than 100 micrometres, so the synthetic faces may be too.
    let coarse = Parameters { pitch: Micrometres(25.0), ..Parameters::default() };
    let handling = Handling::default();
    for batch in 0..100_u32 {
        let made: Vec<Signature> = (0..1000_u32)
            .into_par_iter()
            .filter_map(|shot| {
                let gun = batch * 1000 + shot;
                let face = Gun::new(5, gun).breech_face(&Shot::new(5, gun, 1, &handling), Micrometres(25.0));
                prepare::prepare(&face, &coarse).ok().map(|prepared| Signature::of(&prepared.map))
            })
            .collect();
        for (index, signature) in made.iter().enumerate() {
            writer.push(signature, head(format!("synthetic {batch} {index}"))).unwrap();
        }
    }
    let queries: Vec<_> = scans
        .iter()
        .map(|(scan, gun, surface)| (scan, gun, prepare::prepare(surface, &Parameters::default()).unwrap()))
        .collect();
    for (scan, _, prepared) in &queries {
        writer.push(&Signature::of(&prepared.map), head((*scan).clone())).unwrap();
    }
    drop(writer.finish().unwrap());
    let opening = std::time::Instant::now();
    let gallery = Gallery::open(std::fs::File::open(&path).unwrap()).unwrap();
    println!("{} entries opened in {:.3} s", gallery.heads().len(), opening.elapsed().as_secs_f64());
    let stopped = AtomicBool::new(false);
    let (mut mates, mut among, mut first, mut slowest) = (0, 0, 0, 0.0_f64);
    for (scan, gun, prepared) in &queries {
        let begun = std::time::Instant::now();
        let gate = Gate { quantity: Quantity::Height, calibre: None, class: ClassCharacteristics::default() };
        let widths = Widths { limit: 11, ..Widths::default() };
        let watch = Watch::new(&stopped, &|_, _| {});
        let list = rank::rank(&prepared.map, &gallery.behind(gate), widths, &watch).unwrap();
        slowest = slowest.max(begun.elapsed().as_secs_f64());
        let names: Vec<&str> = list
            .iter()
            .map(|candidate| gallery.heads()[candidate.index].id.as_str())
            .filter(|name| name != scan)
            .take(10)
            .collect();
        let of_gun: Vec<&str> = scans
            .iter()
            .filter(|other| other.1 == **gun && other.0 != **scan)
            .map(|other| other.0.as_str())
            .collect();
        mates += of_gun.len();
        among += of_gun.iter().filter(|mate| names.contains(mate)).count();
        first += usize::from(names.first().is_some_and(|name| of_gun.contains(name)));
    }
    std::fs::remove_file(&path).unwrap();
    println!(
        "{among} of {mates} mates among the first ten, {first} of {} first; slowest query {slowest:.2} s",
        queries.len()
    );
    assert!(among * 100 >= mates * 99, "{among} of {mates} mates are among the first ten");
}

/// A raw scan or photograph as the command line sees it: the breech face found unaided, the rest missing.
fn unaided(what: &str) -> Option<Surface> {
    let bytes = std::fs::read(shared(what)?).unwrap();
    let mut surface = formats::read_scan(&bytes, &ReadOptions::default()).unwrap().surface;
    let found = segment::segment(&surface, &Overrides::default()).unwrap();
    for (value, keep) in surface.values.iter_mut().zip(&found.breech_face.keep) {
        if !keep {
            *value = f32::NAN;
        }
    }
    Some(surface)
}

#[test]
fn raw_pair_matches_unaided_and_clearly_above_any_fadul_scan() {
    let (Some(a), Some(b)) = (unaided("raw/K013sA1.x3p"), unaided("raw/K013sA2.x3p")) else { return };
    let (a, b) = (exhibit(&a), exhibit(&b));
    let parameters = confirm::Parameters::default();
    let pair = confirm::compare(&a, &b, &parameters);
    let others = fadul().unwrap_or_default();
    let best = others
        .par_iter()
        .flat_map_iter(|(scan, _, surface)| {
            let other = exhibit(surface);
            [&a, &b].map(|raw| (confirm::compare(raw, &other, &parameters).score, scan.as_str()))
        })
        .max_by(|one, other| one.0.total_cmp(&other.0));
    if let Some((score, scan)) = best {
        assert!(pair.score > 2.0 * score, "the pair scores {}, against {scan} {score}", pair.score);
    }
    assert!(pair.congruent_cells > 2, "{} congruent cells", pair.congruent_cells);
}

#[test]
fn reflectance_pair_correlates_as_published() {
    let (Some(a), Some(b)) =
        (unaided("reflectance/NBIDE-R-BF-118.png"), unaided("reflectance/NBIDE-R-BF-129.png"))
    else {
        return;
    };
    let pair = compared(&a, &b);
    assert!(pair.ccf >= 0.36, "correlation {} (Tai and Eddy 2018: 0.36)", pair.ccf);
    assert!(angle_between(pair.rotation_deg, -15.0) < 2.0, "turned by {} degrees", pair.rotation_deg);
}
