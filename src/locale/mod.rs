//! Every string a person reads, from `locales/`: French, Spanish and Arabic follow as data.
