//! Resampling of a grid with holes to another pitch, low-pass included, by normalised convolution.
//!
//! Knutsson and Westin 1993: filter the weighted values and the weights alike and divide, so that a hole or an edge
//! does not bleed into its neighbours. Used by `prepare` (from the instrument's pitch) and by `Map::at_pitch`.

/// For each point of the target axis, the points of the source axis that make it, with their weights.
#[derive(Debug, Clone)]
pub struct Taps {
    source: usize,
    runs: Vec<(usize, Vec<f32>)>,
}

impl Taps {
    /// Gaussian taps of standard deviation `sigma` (micrometres) between two axes with the same middle.
    pub fn between(source: usize, source_pitch: f32, target: usize, target_pitch: f32, sigma: f32) -> Self {
        // Narrower than half the source's pitch, a kernel may fall between two points and see neither.
        let sigma = sigma.max(0.5 * source_pitch);
        let reach = 2.6 * sigma;
        let source_middle = (source as f32 - 1.0) / 2.0;
        let target_middle = (target as f32 - 1.0) / 2.0;
        let runs = (0..target)
            .map(|index| {
                let at = (index as f32 - target_middle) * target_pitch;
                let first = ((at - reach) / source_pitch + source_middle).ceil().max(0.0) as usize;
                let last = ((at + reach) / source_pitch + source_middle).floor();
                let end = if last < 0.0 { 0 } else { (last as usize + 1).min(source) };
                let raw: Vec<f32> = (first..end.max(first))
                    .map(|point| {
                        let distance = (point as f32 - source_middle) * source_pitch - at;
                        (-0.5 * (distance / sigma).powi(2)).exp()
                    })
                    .collect();
                // Normalised to the whole kernel, not to what is inside the grid: the edge counts as missing.
                let whole = sigma * (2.0 * std::f32::consts::PI).sqrt() / source_pitch;
                (first.min(source), raw.into_iter().map(|weight| weight / whole).collect())
            })
            .collect();
        Self { source, runs }
    }

    fn len(&self) -> usize {
        self.runs.len()
    }
}

/// Values and weights of the target grid; a point is measured (weight 1) where at least half of its kernel is.
pub fn apply(values: &[f32], weights: &[f32], across: &Taps, down: &Taps) -> (Vec<f32>, Vec<f32>) {
    let sums = separable(values, across, down);
    let shares = separable(weights, across, down);
    sums.into_iter()
        .zip(shares)
        .map(|(sum, share)| if share < 0.5 { (0.0, 0.0) } else { (sum / share, 1.0) })
        .unzip()
}

fn separable(plane: &[f32], across: &Taps, down: &Taps) -> Vec<f32> {
    let (cols, rows) = (across.source, down.source);
    let width = across.len();
    // Down first: whole rows are added to whole rows, which the compiler turns into vector code.
    let mut tall = vec![0.0_f32; cols * down.len()];
    for ((first, weights), line) in down.runs.iter().zip(tall.chunks_exact_mut(cols.max(1))) {
        for (offset, weight) in weights.iter().enumerate() {
            let row = first + offset;
            debug_assert!(row < rows);
            for (sum, value) in line.iter_mut().zip(&plane[row * cols..(row + 1) * cols]) {
                *sum += weight * value;
            }
        }
    }
    let mut out = Vec::with_capacity(width * down.len());
    for line in tall.chunks_exact(cols.max(1)) {
        for (first, weights) in &across.runs {
            out.push(line[*first..first + weights.len()].iter().zip(weights).map(|(v, w)| v * w).sum());
        }
    }
    out
}
