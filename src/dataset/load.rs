//! What comes after reading, in pieces small enough that a page can go on answering between them.

use std::collections::VecDeque;

use super::checks::{self, Check};
use super::descriptor::Descriptor;
use super::extract::{Extraction, Part};
use super::facts::{FactsInProgress, FactsStep};
use super::keys::{self, KeyRule};
use super::package::Package;
use super::report::Report;
use super::table::TableData;

/// A package whose tables were read, on its way to being held to its rules.
#[derive(Debug)]
pub struct Loading {
    tables: Vec<TableData>,
    report: Report,
    extraction: Extraction,
    facts: FactsInProgress,
    /// What is left to do, in order.
    steps: VecDeque<Step>,
}

/// One piece of the work: some nanoseconds a row of one table.
#[derive(Debug, Clone)]
enum Step {
    Key(KeyRule),
    Extract(Part),
    Facts(FactsStep),
    Check(Check),
}

impl Loading {
    pub(super) fn new(descriptor: Descriptor, tables: Vec<TableData>, report: Report) -> Self {
        let mut steps: VecDeque<Step> = keys::rules(&descriptor, &tables).into_iter().map(Step::Key).collect();
        steps.extend(Part::ALL.map(Step::Extract));
        steps.extend(FactsStep::all().map(Step::Facts));
        steps.extend(checks::ALL.iter().copied().map(Step::Check));
        Self { tables, report, extraction: Extraction::new(descriptor), facts: FactsInProgress::default(), steps }
    }

    /// Does one piece; whether there was one left.
    pub fn step(&mut self) -> bool {
        let Some(step) = self.steps.pop_front() else { return false };
        let (tables, report) = (&mut self.tables, &mut self.report);
        match step {
            Step::Key(rule) => rule.check(tables, report),
            Step::Extract(part) => {
                if !self.extraction.extract(part, tables, report) {
                    self.steps.push_front(Step::Extract(part));
                }
            }
            Step::Facts(step) => {
                let lines = tables.iter_mut().find(|table| table.name == "budget");
                self.facts.step(step, &mut self.extraction, lines);
            }
            Step::Check(check) => {
                if let Some(rest) = check.run(&self.extraction.package, tables, report) {
                    self.steps.push_front(Step::Check(rest));
                }
            }
        }
        true
    }

    /// The package and what was found in it, once what is left is done.
    pub fn finish(mut self) -> (Package, Report) {
        while self.step() {}
        self.report.finish(&self.tables);
        (self.extraction.package, self.report)
    }
}
