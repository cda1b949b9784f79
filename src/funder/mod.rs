//! Who gets funded, computed beside the page: the nine rules in a worker, because some of them take their time.
//!
//! Owns: what the page and the worker say to each other ([`Request`], [`Reply`]), reading the file with the ballots, running one
//! rule after another within a time limit, and (feature `funder`) the worker's program, which most visitors never fetch. Refuses:
//! touching the page, and keeping anything: whatever it had in memory goes when the page ends it.
//!
//! The page posts `[question as JSON, file]`, the file being a Pabulib file as the browser holds it, or null. The worker answers
//! with arrays that begin with a word: `ready` once, then `reply` with a [`Reply`] as JSON for each thing there is to say. A new
//! question while one is being answered is a new worker: the page ends the old one.

mod listing;
mod message;
mod work;
#[cfg(feature = "funder")]
pub mod worker;

pub use listing::{Asking, Listing, Trouble};
pub use message::{FileSource, MethodNames, Reply, Request, Seal, Source, refusal};
pub use work::{MOST_MS, Read, TELL_EVERY_MS, work};
