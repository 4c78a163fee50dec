//! Finding the parts of a head in a photograph.
use super::{Overrides, SegmentError, Segmentation};
use crate::ballistics::surface::Surface;
pub(super) fn segment(_surface: &Surface, _overrides: &Overrides) -> Result<Segmentation, SegmentError> {
    Err(SegmentError::NoPrimer)
}
