//! What goes into the ballistic engine: files of strangers, broken files, whole heads to be segmented, synthetic cases.

mod segmentation;
mod shared;
mod x3p_samples;
