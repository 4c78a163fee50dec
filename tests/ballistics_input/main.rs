//! What goes into the ballistic engine: files of strangers, broken files, whole heads to be segmented, synthetic cases.

mod commands;
mod files;
mod firing_pin;
mod mutations;
mod photos;
mod segmentation;
mod shared;
mod synthetic;
mod workspace;
mod x3p_broken;
mod x3p_dialects;
mod x3p_roundtrip;
mod x3p_samples;
