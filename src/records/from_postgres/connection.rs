//! A connection to a server: one question at a time, each with a limit to the wait for its answer, and what is said where none comes.

use std::error::Error as _;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use tokio::runtime::Runtime;
use tokio::time::timeout;
use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, Error};

/// What carries questions and answers, until the connection ends.
type Wire = Pin<Box<dyn Future<Output = Result<(), Error>> + Send>>;

/// A server that has let the user in.
pub(crate) struct Connection {
    runtime: Runtime,
    client: Client,
    wire: Option<Wire>,
    /// Why the wire ended, where nobody has been told yet.
    broken: Option<Error>,
    /// How long the server may take to answer a question; without it as long as it takes.
    patience: Option<Duration>,
}

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum Unanswered {
    /// What the server, or the library, says.
    Failed(Error),
    /// Nothing was said for as long as a setting allows.
    Silent { time: Duration, setting: &'static str },
}

impl From<Error> for Unanswered {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl Connection {
    pub(crate) fn new(
        runtime: Runtime,
        client: Client,
        wire: impl Future<Output = Result<(), Error>> + Send + 'static,
        patience: Option<Duration>,
    ) -> Self {
        Self { runtime, client, wire: Some(Box::pin(wire)), broken: None, patience }
    }

    /// Ask something, and wait for the answer.
    pub(super) fn wait<T>(&mut self, ask: impl AsyncFnOnce(&Client) -> Result<T, Error>) -> Result<T, Unanswered> {
        let Self { runtime, client, wire, broken, patience } = self;
        let mut answer = pin!(ask(client));
        let answered = poll_fn(|context| {
            if let Some(Poll::Ready(end)) = wire.as_mut().map(|wire| wire.as_mut().poll(context)) {
                *wire = None;
                *broken = end.err();
            }
            match answer.as_mut().poll(context) {
                // That the connection is closed says less than why.
                Poll::Ready(Err(error)) if error.is_closed() => Poll::Ready(Err(broken.take().unwrap_or(error))),
                Poll::Pending => broken.take().map_or(Poll::Pending, |error| Poll::Ready(Err(error))),
                Poll::Ready(answer) => Poll::Ready(answer),
            }
        });
        let Some(patience) = *patience else { return Ok(runtime.block_on(answered)?) };
        let Ok(answer) = runtime.block_on(async { timeout(patience, answered).await }) else {
            // Whatever comes later belongs to no question that is asked then.
            *wire = None;
            return Err(Unanswered::Silent { time: patience, setting: "answer_timeout" });
        };
        Ok(answer?)
    }

    /// Say goodbye, so that the server does not note a connection that broke.
    pub(super) fn close(self) {
        const POLITE: Duration = Duration::from_secs(1);
        let Self { runtime, client, wire, .. } = self;
        drop(client);
        if let Some(wire) = wire {
            let _ = runtime.block_on(async { timeout(POLITE, wire).await });
        }
    }
}

impl Unanswered {
    pub(super) fn is_lack_of_rights(&self) -> bool {
        matches!(self, Self::Failed(error) if error.code() == Some(&SqlState::INSUFFICIENT_PRIVILEGE))
    }

    /// What the server says, or what the library says and why.
    pub(crate) fn reason(&self) -> String {
        let error = match self {
            Self::Failed(error) => error,
            Self::Silent { time, setting } => return format!("the server has not answered for {} (`{setting}` in its address)", spoken(*time)),
        };
        match (error.as_db_error(), error.source()) {
            (Some(said), _) => said.message().to_owned(),
            (None, Some(source)) => source.to_string().to_lowercase(),
            (None, None) => error.to_string().to_lowercase(),
        }
    }
}

/// `10 minutes`, `1 second`
fn spoken(time: Duration) -> String {
    let seconds = time.as_secs();
    let (number, unit) = if seconds >= 60 && seconds.is_multiple_of(60) { (seconds / 60, "minute") } else { (seconds, "second") };
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}
