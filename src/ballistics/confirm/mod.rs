//! x
pub mod register;
pub mod rigid;
pub mod cells;
pub mod congruence;
pub mod window;
