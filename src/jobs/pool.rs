//! The threads and their lanes.

use std::collections::{HashMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::list::{JobId, JobInfo, JobState, Ledger};
use super::token::Token;

/// How a job stands to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lane {
    /// The newest of this name wins: it replaces the one that waits, cancels the one that runs, and an older result is dropped.
    Newest(&'static str),
    /// One after the other in the order they came, none dropped: everything that writes.
    Ordered,
    /// Independent of all others.
    Free,
}

/// Threads that do the work and hand each result to a sink.
///
/// A job that panics ends alone: its message is lost, the sink is given `on_panic`'s message in its place.
pub struct Pool<M> {
    shared: Arc<Shared<M>>,
    threads: Vec<JoinHandle<()>>,
}

type Work<M> = Box<dyn FnOnce(&Token) -> M + Send>;

struct Shared<M> {
    state: Mutex<State<M>>,
    /// Something changed: a job came, a job ended, or the pool closes.
    changed: Condvar,
    sink: Box<dyn Fn(M) + Send + Sync>,
    on_panic: fn(&'static str, String) -> M,
}

struct State<M> {
    queue: VecDeque<Job<M>>,
    ledger: Ledger,
    /// The newest job of each newest-wins lane.
    newest: HashMap<&'static str, (JobId, Token)>,
    ordered_runs: bool,
    closing: bool,
}

struct Job<M> {
    id: JobId,
    name: &'static str,
    lane: Lane,
    token: Token,
    work: Work<M>,
}

impl<M: Send + 'static> Pool<M> {
    /// So many threads, whose results go to `sink` (which must not block). `on_panic` makes the message of a job that panicked
    /// from its name and what the panic said.
    pub fn new(
        threads: usize,
        sink: impl Fn(M) + Send + Sync + 'static,
        on_panic: fn(&'static str, String) -> M,
    ) -> std::io::Result<Self> {
        let state = State {
            queue: VecDeque::new(),
            ledger: Ledger::default(),
            newest: HashMap::new(),
            ordered_runs: false,
            closing: false,
        };
        let shared = Arc::new(Shared {
            state: Mutex::new(state),
            changed: Condvar::new(),
            sink: Box::new(sink),
            on_panic,
        });
        let threads = (0..threads.max(2))
            .map(|number| {
                let shared = Arc::clone(&shared);
                std::thread::Builder::new().name(format!("job-{number}")).spawn(move || shared.work())
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { shared, threads })
    }

    /// Gives the pool a job; `name` is a key of the locale, for the Jobs screen.
    pub fn submit(
        &self,
        name: &'static str,
        lane: Lane,
        work: impl FnOnce(&Token) -> M + Send + 'static,
    ) -> JobId {
        let token = Token::default();
        let mut state = self.shared.lock();
        let id = state.ledger.add(name, token.clone());
        if let Lane::Newest(slot) = lane {
            if let Some((_, older)) = state.newest.insert(slot, (id, token.clone())) {
                older.cancel();
            }
            let replaced: Vec<JobId> =
                state.queue.iter().filter(|job| job.lane == lane).map(|job| job.id).collect();
            state.queue.retain(|job| job.lane != lane);
            for id in replaced {
                state.ledger.replaced(id);
            }
        }
        state.queue.push_back(Job { id, name, lane, token, work: Box::new(work) });
        drop(state);
        self.shared.changed.notify_all();
        id
    }

    /// Asks a job to stop. A job of the ordered lane that already writes ends by itself: what it began is confirmed or not, never half.
    pub fn cancel(&self, id: JobId) -> bool {
        self.shared.lock().ledger.cancel(id)
    }

    /// The jobs as they stand.
    pub fn jobs(&self) -> Vec<JobInfo> {
        self.shared.lock().ledger.infos()
    }

    /// How many wait or run.
    pub fn live(&self) -> usize {
        self.shared.lock().ledger.live()
    }

    /// Takes no more from the other lanes, finishes what the ordered lane holds, and waits for it at most so long.
    /// Returns whether everything that writes has ended.
    pub fn close(&mut self, patience: Duration) -> bool {
        let until = Instant::now() + patience;
        let mut state = self.shared.lock();
        state.closing = true;
        state.queue.retain(|job| job.lane == Lane::Ordered);
        self.shared.changed.notify_all();
        while !state.queue.is_empty() || state.ordered_runs {
            let Some(left) = until.checked_duration_since(Instant::now()) else { return false };
            state = self
                .shared
                .changed
                .wait_timeout(state, left)
                .map_or_else(|poisoned| poisoned.into_inner().0, |(guard, _)| guard);
        }
        state.ledger.cancel_all();
        true
    }
}

impl<M> Drop for Pool<M> {
    fn drop(&mut self) {
        // Threads that run a read are left to end with the process: a quit never waits for a search.
        let mut state = self.shared.lock();
        state.closing = true;
        state.ledger.cancel_all();
        drop(state);
        self.shared.changed.notify_all();
        self.threads.clear();
    }
}

impl<M> Shared<M> {
    fn lock(&self) -> MutexGuard<'_, State<M>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self) {
        while let Some(job) = self.next() {
            let Job { id, name, lane, token, work } = job;
            let outcome = catch_unwind(AssertUnwindSafe(|| work(&token)));
            let (message, ended) = match outcome {
                Ok(message) => (message, JobState::Done),
                Err(panic) => ((self.on_panic)(name, panic_text(panic.as_ref())), JobState::Failed),
            };
            let mut state = self.lock();
            let stale = match lane {
                Lane::Newest(slot) => state.newest.get(slot).is_some_and(|(newest, _)| *newest != id),
                Lane::Ordered | Lane::Free => false,
            };
            if stale {
                state.ledger.replaced(id);
            } else if token.is_cancelled() && ended == JobState::Done {
                state.ledger.end(id, JobState::Cancelled);
            } else {
                state.ledger.end(id, ended);
            }
            drop(state);
            if !stale {
                (self.sink)(message);
            }
            // The next write waits until this one was told: what is told in another order than it was written misleads.
            if lane == Lane::Ordered {
                self.lock().ordered_runs = false;
            }
            self.changed.notify_all();
        }
    }

    /// The next job that may run now, or `None` when the pool closes.
    fn next(&self) -> Option<Job<M>> {
        let mut state = self.lock();
        loop {
            let blocked = state.ordered_runs;
            let at = state.queue.iter().position(|job| job.lane != Lane::Ordered || !blocked);
            if let Some(job) = at.and_then(|at| state.queue.remove(at)) {
                if job.lane == Lane::Ordered {
                    state.ordered_runs = true;
                }
                state.ledger.start(job.id);
                return Some(job);
            }
            if state.closing {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, channel};

    use super::*;

    const PATIENCE: Duration = Duration::from_secs(10);

    fn pool() -> (Pool<String>, Receiver<String>) {
        let (sender, receiver) = channel();
        let sink = move |message| drop(sender.send(message));
        (Pool::new(2, sink, |name, what| format!("{name} panicked: {what}")).unwrap(), receiver)
    }

    #[test]
    fn newest_replaces_the_one_that_waits_and_cancels_the_one_that_runs() {
        let (pool, results) = pool();
        let (running, is_running) = channel();
        pool.submit("search", Lane::Newest("search"), move |token| {
            running.send(()).unwrap();
            while !token.is_cancelled() {
                std::thread::yield_now();
            }
            "first".to_owned()
        });
        is_running.recv_timeout(PATIENCE).unwrap();
        pool.submit("search", Lane::Newest("search"), |_| "second".to_owned());
        pool.submit("search", Lane::Newest("search"), |_| "third".to_owned());
        let mut seen = vec![results.recv_timeout(PATIENCE).unwrap()];
        seen.extend(results.recv_timeout(Duration::from_millis(50)));
        assert_eq!(seen.last().map(String::as_str), Some("third"));
        assert!(!seen.contains(&"first".to_owned()), "a stale result reached the screen: {seen:?}");
    }

    #[test]
    fn writes_keep_their_order_and_are_never_dropped() {
        let (mut pool, results) = pool();
        for number in 0..50 {
            pool.submit("save", Lane::Ordered, move |_| number.to_string());
        }
        assert!(pool.close(PATIENCE), "the writes did not end");
        let written: Vec<String> = results.try_iter().collect();
        assert_eq!(written, (0..50).map(|number| number.to_string()).collect::<Vec<_>>());
    }

    #[test]
    fn a_job_that_panics_ends_alone() {
        let (pool, results) = pool();
        pool.submit("bad", Lane::Free, |_| panic!("out of range"));
        assert_eq!(results.recv_timeout(PATIENCE).unwrap(), "bad panicked: out of range");
        pool.submit("good", Lane::Free, |_| "fine".to_owned());
        assert_eq!(results.recv_timeout(PATIENCE).unwrap(), "fine");
        assert!(pool.jobs().iter().any(|job| job.state == JobState::Failed && job.name == "bad"));
    }

    #[test]
    fn a_cancelled_job_sees_it() {
        let (pool, results) = pool();
        let id = pool.submit("long", Lane::Free, |token| {
            while !token.is_cancelled() {
                std::thread::yield_now();
            }
            "stopped".to_owned()
        });
        assert!(pool.cancel(id));
        assert_eq!(results.recv_timeout(PATIENCE).unwrap(), "stopped");
        assert!(!pool.cancel(id), "an ended job cannot be cancelled");
    }
}
