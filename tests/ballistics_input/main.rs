//! What goes into the ballistic engine: files of strangers, broken files, whole heads to be segmented, synthetic cases.

mod files;
mod segmentation;
mod shared;
mod x3p_broken;
mod x3p_dialects;
mod x3p_roundtrip;
mod x3p_samples;
