//! Who answers the page's questions, and remembers the last file and the last answers.

use super::answers::Answers;
use super::message::{Question, Request, Written};
use super::work::{Read, work};
use super::write::{Pen, write};

/// The worker without a browser around it.
#[derive(Debug, Default)]
pub struct Clerk {
    read: Read,
    /// Another order of the works, or another language, is no other question.
    answered: Option<(Question, Answers)>,
}

/// A question whose words cannot be read: the page and the worker are of two versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the words of the question cannot be read")]
pub struct NoWords;

impl Clerk {
    /// Whether a question's file has to be handed over first.
    pub fn lacks_file(&self, request: &Request) -> bool {
        let is_known = self.answered.as_ref().is_some_and(|(known, _)| *known == request.question);
        !is_known && self.read.lacks(&request.question)
    }

    /// Reads the file of a question; without bytes, there is none to be had.
    pub fn take_file(&mut self, request: &Request, bytes: Option<Vec<u8>>) {
        self.read.take(&request.question, bytes);
    }

    /// Answers: with all that is known after each rule, but no more often than [`super::TELL_EVERY_MS`], and with everything
    /// at the end. `now_ms` is any clock.
    ///
    /// # Errors
    /// [`NoWords`].
    pub fn answer(
        &mut self,
        request: &Request,
        now_ms: &dyn Fn() -> u64,
        tell: &mut dyn FnMut(&Written),
    ) -> Result<(), NoWords> {
        let pen = Pen::of(&request.manner).ok_or(NoWords)?;
        let known = self.answered.take().filter(|(known, _)| *known == request.question);
        let answers = match known {
            Some((_, answers)) => {
                tell(&write(&pen, &answers));
                answers
            }
            None => work(&request.question, &self.read, now_ms, &mut |answers| tell(&write(&pen, answers))),
        };
        self.answered = Some((request.question.clone(), answers));
        Ok(())
    }
}
