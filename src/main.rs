//! The thin binary: arguments in, exit code out.
fn main() -> anyhow::Result<()> {
    use headstamp::{app, locale, term};
    let locale = std::sync::Arc::new(locale::Locale::english());
    let settings = term::read_settings(term::config_folder().as_deref());
    let session = app::Session { office: "NCB Madrid (ES)".into(), officer: "J. Ortega".into(), demo: true, read_only: false };
    let app = app::App::new(locale, settings, session, jiff::Timestamp::now());
    let app = if std::env::args().nth(1).is_some() { app.first_run() } else { app };
    let ended = term::run(term::Workstation { app, open: None, log: term::Log::default() })?;
    println!("{ended:?}");
    Ok(())
}
