//! Who gets funded, computed and written beside the page: the nine rules in a worker, because some of them take their time, and
//! because a page that few open this panel of should not weigh more for it.
//!
//! Owns: what the page asks ([`Request`]), reading the file with the ballots, running one rule after another within a time limit,
//! writing what comes of it as HTML, and (feature `funder`) the worker's program, which is fetched when the panel is opened.
//! Refuses: touching the page, and keeping anything: whatever it had in memory goes when the page ends it.
//!
//! The page posts `[request as JSON, file]`, the file being a Pabulib file as the browser holds it, or null. The worker answers
//! with arrays that begin with a word: `ready` once, then `written` and the texts of [`Written`], as often as there is news, or `file`
//! and its text. A new question while one is being answered is a new worker: the page ends the old one.

mod answers;
mod clerk;
mod html;
mod listing;
mod message;
mod said;
mod table;
mod work;
#[cfg(feature = "funder")]
pub mod worker;
mod write;

pub use clerk::{Clerk, NoWords};
pub use listing::{Asking, Listing};
pub use message::{FileHeading, FileSource, Manner, MethodNames, Placed, Question, Request, Seal, Source, Written};
pub use work::{MOST_MS, TELL_EVERY_MS};
