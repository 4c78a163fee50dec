//! Synthetic guns and the cartridge cases they fire: heights and photographs with known truth.
//!
//! For tests, demonstrations and galleries of 100,000. They obey the geometry of primers and breech faces but not the
//! statistics of real steel and brass, so **no accuracy on real casings may be claimed from them**. Everything follows
//! from a seed, the same on every machine and for any number of threads. Called by the command line and by tests.

mod font;
mod gun;
mod head;
mod light;
mod noise;
mod shot;
mod texture;

pub use gun::{Gun, PinShape};
pub use head::{Head, HeadFrame};
pub use light::photograph;
pub use shot::{Handling, Shot};
pub use texture::TextureKind;
