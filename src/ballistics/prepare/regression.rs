//! The Gaussian regression filter of first order, with holes and edges.
//!
//! A plain Gaussian mean is pulled towards the inside of the part at every edge of a sloping surface and leaves a
//! rim there that correlates with any other rim. Fitting a plane under the Gaussian window (ISO 16610-31 in two
//! dimensions, first order) has no such pull. Called by `prepare` only, for the long cutoff.

/// The waviness of `z` (weights `m`) under a Gaussian window of standard deviation `sigma` points, at every point.
///
/// Where the window sees nothing the result is 0. Weights may lie anywhere between 0 and 1.
pub fn waviness(z: &[f32], m: &[f32], cols: usize, sigma: f32) -> Vec<f32> {
    if cols == 0 || z.is_empty() {
        return Vec::new();
    }
    let kernels = Kernels::new(sigma);
    let weighted: Vec<f32> = z.iter().zip(m).map(|(value, weight)| value * weight).collect();
    let m0 = along_rows(m, cols, &kernels.zeroth);
    let m1 = along_rows(m, cols, &kernels.first);
    let m2 = along_rows(m, cols, &kernels.second);
    let z0 = along_rows(&weighted, cols, &kernels.zeroth);
    let z1 = along_rows(&weighted, cols, &kernels.first);
    let s = along_columns(&m0, cols, &kernels.zeroth);
    let sx = along_columns(&m1, cols, &kernels.zeroth);
    let sxx = along_columns(&m2, cols, &kernels.zeroth);
    let sy = along_columns(&m0, cols, &kernels.first);
    let sxy = along_columns(&m1, cols, &kernels.first);
    let syy = along_columns(&m0, cols, &kernels.second);
    let sz = along_columns(&z0, cols, &kernels.zeroth);
    let sxz = along_columns(&z1, cols, &kernels.zeroth);
    let syz = along_columns(&z0, cols, &kernels.first);
    (0..z.len())
        .map(|i| {
            if s[i] < 1e-4 {
                return 0.0;
            }
            let (mx, my, mz) = (sx[i] / s[i], sy[i] / s[i], sz[i] / s[i]);
            // A slope fitted to a sliver is noise; the ridge, a tenth of the window's own variance, holds it down.
            let ridge = 0.1;
            let vxx = sxx[i] / s[i] - mx * mx + ridge;
            let vyy = syy[i] / s[i] - my * my + ridge;
            let vxy = sxy[i] / s[i] - mx * my;
            let cxz = sxz[i] / s[i] - mx * mz;
            let cyz = syz[i] / s[i] - my * mz;
            let determinant = vxx * vyy - vxy * vxy;
            let slope_x = (cxz * vyy - cyz * vxy) / determinant;
            let slope_y = (cyz * vxx - cxz * vxy) / determinant;
            mz - slope_x * mx - slope_y * my
        })
        .collect()
}

/// The mean of `z` under a Gaussian window of `sigma` points, over the weights `m`; 0 where nothing is seen.
pub fn mean(z: &[f32], m: &[f32], cols: usize, sigma: f32) -> Vec<f32> {
    if cols == 0 {
        return Vec::new();
    }
    let kernel = Kernels::new(sigma).zeroth;
    let weighted: Vec<f32> = z.iter().zip(m).map(|(value, weight)| value * weight).collect();
    let sums = along_columns(&along_rows(&weighted, cols, &kernel), cols, &kernel);
    let shares = along_columns(&along_rows(m, cols, &kernel), cols, &kernel);
    sums.iter().zip(&shares).map(|(sum, share)| if *share < 1e-4 { 0.0 } else { sum / share }).collect()
}

/// Gaussian kernels times 1, u and u squared, where u is the distance in standard deviations: near 1 in f32.
struct Kernels {
    zeroth: Vec<f32>,
    first: Vec<f32>,
    second: Vec<f32>,
}

impl Kernels {
    fn new(sigma: f32) -> Self {
        let sigma = sigma.max(0.3);
        let reach = (2.6 * sigma).ceil() as i32;
        let steps: Vec<f32> = (-reach..=reach).map(|step| step as f32 / sigma).collect();
        let raw: Vec<f32> = steps.iter().map(|u| (-0.5 * u * u).exp()).collect();
        let total: f32 = raw.iter().sum();
        let zeroth: Vec<f32> = raw.iter().map(|weight| weight / total).collect();
        let first = zeroth.iter().zip(&steps).map(|(weight, u)| weight * u).collect();
        let second = zeroth.iter().zip(&steps).map(|(weight, u)| weight * u * u).collect();
        Self { zeroth, first, second }
    }
}

fn along_rows(plane: &[f32], cols: usize, kernel: &[f32]) -> Vec<f32> {
    let reach = kernel.len() / 2;
    let mut padded = vec![0.0_f32; cols + 2 * reach];
    let mut out = vec![0.0_f32; plane.len()];
    for (line, result) in plane.chunks_exact(cols).zip(out.chunks_exact_mut(cols)) {
        padded[reach..reach + cols].copy_from_slice(line);
        for (offset, weight) in kernel.iter().enumerate() {
            for (sum, value) in result.iter_mut().zip(&padded[offset..offset + cols]) {
                *sum += weight * value;
            }
        }
    }
    out
}

fn along_columns(plane: &[f32], cols: usize, kernel: &[f32]) -> Vec<f32> {
    let rows = plane.len() / cols;
    let reach = kernel.len() / 2;
    let mut out = vec![0.0_f32; plane.len()];
    for (row, result) in out.chunks_exact_mut(cols).enumerate() {
        let first = row.saturating_sub(reach);
        let end = (row + reach + 1).min(rows);
        for source in first..end {
            let weight = kernel[source + reach - row];
            for (sum, value) in result.iter_mut().zip(&plane[source * cols..(source + 1) * cols]) {
                *sum += weight * value;
            }
        }
    }
    out
}
