//! Work that must not wait on the keyboard's thread: a pool, single-slot jobs of which the newest wins, cancellation, progress.
