//! Who answers the page's questions, and remembers the last file and the last answers.

use super::answers::Answers;
use super::message::{FileHeading, Manner, Question, Request, Written};
use super::work::{Read, work};
use super::write::{Pen, write};
use crate::dataset::{Heading, Pabulib};

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

    /// The proposals and ballots of the question answered last, as a Pabulib file; `None` where it was another question, or there is
    /// no money to write of.
    pub fn file(&self, question: &Question, manner: &Manner, heading: &FileHeading) -> Option<String> {
        let (_, answers) = self.answered.as_ref().filter(|(known, _)| known == question)?;
        let heading = Heading {
            description: heading.description.clone(),
            country: manner.country.clone(),
            unit: heading.unit.clone(),
            subunit: heading.section.clone(),
            instance: heading.round.clone(),
            budget_minor: answers.budget?.minor,
            currency: answers.currency(),
            // Which rule the works were chosen by is not published.
            rule: "unknown".to_owned(),
            selected: Vec::new(),
        };
        Some(Pabulib::of_election(&answers.election, &heading).to_text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::allocation::funding::{Completion, FundingRule, Method, Satisfaction};
    use crate::funder::{FileSource, MethodNames, Source};

    /// DOMAIN.md 3.4's invented instance of thirty delegates, with a name that is no markup.
    const FILE: &str = "META\nkey;value\ncurrency;PEN\nbudget;300000.00\nvote_type;approval\nPROJECTS\n\
        project_id;cost;name\nA;170000;Estudio <de> agua\nB;130000;Nivelación\nC;42000;Techo\nD;41000;Otro techo\n\
        E;35000;Juegos\nF;57000;Local\nG;15000;Taller\nH;90000;Parque\nVOTES\nvoter_id;vote\n";

    fn assembly() -> String {
        let ballots = [(13, "A,B"), (5, "A,F"), (1, "A"), (6, "C,E"), (3, "D,E"), (1, "G,H"), (1, "G")];
        let cast = ballots.iter().flat_map(|(voters, vote)| std::iter::repeat_n(*vote, *voters));
        let rows = cast.enumerate().map(|(voter, vote)| format!("{voter};{vote}\n"));
        FILE.chars().chain(rows.collect::<String>().chars()).collect()
    }

    fn request(by_votes: bool) -> Request {
        let words = ["funder.es.json", "problems.es.json"].map(|file| {
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("public/text").join(file);
            std::fs::read_to_string(path).unwrap()
        });
        let method = |rule| Method { rule, satisfaction: Satisfaction::Cardinality, completion: Completion::AddOne };
        let methods = FundingRule::ALL.into_iter().map(|rule| MethodNames::from(method(rule))).collect();
        let (name, places) = ("assembly.pb".to_owned(), Vec::new());
        let file = FileSource { name, number: 0, year: 2000, section: None, places, seal: None };
        let question = Question { budget_minor: None, source: Source::File(file), methods };
        let manner = Manner { language: "es".into(), country: "PE".into(), words: words.to_vec(), by_votes };
        Request { question, manner, heading: None }
    }

    fn written(clerk: &mut Clerk, request: &Request) -> Written {
        let mut last = Written::default();
        clerk.answer(request, &|| 0, &mut |written| last = written.clone()).unwrap();
        assert!(last.is_done);
        last
    }

    fn answered() -> (Clerk, Written) {
        let mut clerk = Clerk::default();
        let request = request(false);
        assert!(clerk.lacks_file(&request));
        clerk.take_file(&request, Some(assembly().into_bytes()));
        let written = written(&mut clerk, &request);
        (clerk, written)
    }

    /// The works that a rule funds in full, by the table.
    fn funded(table: &str, rule: FundingRule) -> String {
        let full = format!("data-rule=\"{rule}\" data-given=\"full\"");
        let rows = table.split("<tr data-key=\"").skip(1).filter(|row| row.contains(&full));
        rows.filter_map(|row| row.chars().next()).collect()
    }

    #[test]
    fn the_table_has_the_results_of_the_domain() {
        let (_, written) = answered();
        let expected = ["AB", "AB", "EG", "E", "ACDE", "ACEG", "AEG", "ACEG", "ACEG"];
        let found = FundingRule::ALL.map(|rule| funded(&written.table, rule));
        assert_eq!(found.each_ref().map(String::as_str), expected);
        for figure in ["253448.28", "11551.72", "225000.00", "80000.00"] {
            assert!(written.table.contains(&format!("<data value=\"{figure}\">")), "{figure}");
        }
        // 37,500 for each by equal split, of which the water study's is 22 %.
        assert!(written.table.contains("<data value=\"37500.00\">22.0%</data>"));
        assert!(written.table.contains("Estudio &lt;de&gt; agua") && !written.table.contains("<de>"));
        assert_eq!(written.status, "9 reglas calculadas con S/\u{a0}300,000.00.");
    }

    #[test]
    fn the_sentences_say_what_is_left_and_what_is_stuck() {
        let (_, written) = answered();
        for said in [
            "8 obras piden en total S/\u{a0}580,000.00; hay S/\u{a0}300,000.00.",
            "Con «Partes iguales» quedarían S/\u{a0}80,000.00 sin gastar, y es a propósito",
            "Con «Dinero según los votos», S/\u{a0}253,448.28 quedarían repartidos en 7 obras que nadie puede terminar.",
            "Con «Lo mismo a cada obra», S/\u{a0}225,000.00 quedarían repartidos en 6 obras",
            "(30 de 30) con: Más votos por su costo; Partes iguales; Partes iguales, completadas; Cargas parejas (Phragmén).",
        ] {
            assert!(written.above.contains(said), "{said} in {}", written.above);
        }
        assert!(!written.above.contains("<progress") && written.below.is_empty(), "{}", written.below);
        assert_eq!(written.rules.matches("<dt>").count(), 9);
    }

    #[test]
    fn another_order_is_no_other_question() {
        let (mut clerk, first) = answered();
        let ids = |table: &str| -> String {
            table.split("<tr data-key=\"").skip(1).filter_map(|row| row.chars().next()).collect()
        };
        assert_eq!(ids(&first.table), "ABCDEFGH");
        // The file is gone, and nobody asks for it.
        let request = request(true);
        assert!(!clerk.lacks_file(&request));
        assert_eq!(ids(&written(&mut clerk, &request).table), "ABECFDGH");
    }

    #[test]
    fn what_was_answered_can_be_taken_away_as_a_file() {
        let (clerk, _) = answered();
        let Request { question, manner, .. } = request(false);
        let text = |text: &str| text.to_owned();
        let heading =
            FileHeading { description: text("Prueba"), unit: text("Aquí"), section: None, round: text("2000") };
        let file = clerk.file(&question, &manner, &heading).unwrap();
        let (read, report) = Pabulib::read(file.as_bytes(), "again.pb");
        assert!(report.is_clean(), "{:?}", report.problems);
        let (expected, _) = Pabulib::read(assembly().as_bytes(), "assembly.pb");
        assert_eq!((read.to_election(), read.budget_minor), (expected.to_election(), expected.budget_minor));
        let other = Question { budget_minor: Some(1), ..question };
        assert_eq!(clerk.file(&other, &manner, &heading), None);
    }

    #[test]
    fn what_is_wrong_with_a_file_is_told_by_its_line() {
        let mut clerk = Clerk::default();
        let request = request(false);
        clerk.take_file(&request, Some(assembly().replace("C;42000;", "C;mucho;").into_bytes()));
        let written = written(&mut clerk, &request);
        assert!(written.above.contains("<li>Línea 10: "), "{}", written.above);
        assert!(written.below.contains("data-left-out=\"no-cost\""), "{}", written.below);
    }

    #[test]
    fn words_that_cannot_be_read_are_refused() {
        let mut request = request(false);
        request.manner.words = vec!["<html>".into()];
        assert_eq!(Clerk::default().answer(&request, &|| 0, &mut |_| ()), Err(NoWords));
    }
}
