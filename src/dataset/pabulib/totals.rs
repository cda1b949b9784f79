//! What a file says of itself against what stands in it. Nothing is set aside here.

use super::meta::Meta;
use super::projects::Projects;
use super::sections::{Part, Section, Sections};
use super::votes::Votes;
use super::{cell, fault, votes_by_project};
use crate::dataset::problem::{Code, Problem};
use crate::dataset::report::Report;
use crate::money::{Currency, Money, try_sum};

/// A file as read, section by section.
pub(super) struct Totals<'a> {
    pub name: &'a str,
    pub sections: &'a Sections,
    pub meta: &'a Meta,
    pub projects: &'a Projects,
    pub votes: &'a Votes,
}

impl Totals<'_> {
    /// Adds what does not agree.
    pub fn check(&self, report: &mut Report) {
        self.count("num_projects", &self.sections.projects, report);
        self.count("num_votes", &self.sections.votes, report);
        self.votes(report);
        self.selected(report);
    }

    /// A count that META gives, against the rows of its section, those set aside among them.
    fn count(&self, key: &str, part: &Part, report: &mut Report) {
        let Some((said, line)) = self.meta.find(key).filter(|_| part.is_there) else { return };
        match cell::count(said) {
            Err(broken) => report.add(fault(broken, self.name, Section::Meta, key, line, said)),
            Ok(count) if count != part.rows_read => {
                let problem = super::problem(Code::BallotsCount, self.name, Section::Meta, key).row(line).value(said);
                let problem = problem.arg("found", part.rows_read.to_string());
                report.add(problem.arg("section", part.section.mark()));
            }
            Ok(_) => {}
        }
    }

    /// The votes that PROJECTS gives against the ballots. Where a ballot was set aside that is already said, and blaming the
    /// votes too would say it twice.
    fn votes(&self, report: &mut Report) {
        let ballots = &self.votes.ballots;
        if ballots.is_empty() || ballots.len() as u64 != self.sections.votes.rows_read {
            return;
        }
        let counted = votes_by_project(self.projects.projects.len(), ballots);
        for ((project, line), counted) in self.projects.projects.iter().zip(&self.projects.lines).zip(counted) {
            if let Some(said) = project.votes.filter(|said| *said != counted) {
                let problem = super::problem(Code::BallotsVotes, self.name, Section::Projects, "votes").row(*line);
                let problem = problem.value(said.to_string()).arg("project", &project.id);
                report.add(problem.arg("counted", counted.to_string()));
            }
        }
    }

    /// What the selected projects cost against the budget.
    fn selected(&self, report: &mut Report) {
        let currency = self.meta.currency.unwrap_or(Currency::NONE);
        let selected = self.projects.projects.iter().filter(|project| project.is_selected == Some(true));
        let costs = selected.filter_map(|project| Some(Money::new(project.cost_minor?, currency)));
        let Ok(sum) = try_sum(costs, currency) else {
            report.add(self.problem_of_selected(Code::SumTooLarge));
            return;
        };
        if let Some(budget) = self.meta.budget_minor.filter(|budget| sum.minor > *budget) {
            let problem = self.problem_of_selected(Code::BallotsOverBudget).value(sum.to_plain());
            report.add(problem.arg("budget", Money::new(budget, currency).to_plain()));
        }
    }

    fn problem_of_selected(&self, code: Code) -> Problem {
        super::problem(code, self.name, Section::Projects, "selected")
    }
}
