//! x
pub mod register;
pub mod rigid;
