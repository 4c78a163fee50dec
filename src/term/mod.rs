//! The terminal: session, input, and a backend that counts every byte. Only this folder names crossterm and viuer.
