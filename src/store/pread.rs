//! Reading at a place of a file without moving a cursor, so that any number of threads share one handle.

use std::fs::File;
use std::io;

/// Reads as much of `buffer` as the file holds from `offset` on; less only at the file's end.
pub fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match system_read_at(file, &mut buffer[filled..], offset + filled as u64) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// Reads exactly `length` bytes from `offset` on.
pub fn read_exact_at(file: &File, length: usize, offset: u64) -> io::Result<Vec<u8>> {
    let mut buffer = vec![0; length];
    if read_at(file, &mut buffer, offset)? < length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(buffer)
}

#[cfg(unix)]
fn system_read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, offset)
}

#[cfg(windows)]
fn system_read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, offset)
}
