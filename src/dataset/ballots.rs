//! A round's ballots in a package: a Pabulib file that the descriptor names beside its tables, fetched only when it is asked for.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};
use sha2::{Digest, Sha256};

use super::descriptor::{invalid, read_path};
use super::files::{FileContent, check_size_and_hash};
use super::json::text;
use super::pabulib::Pabulib;
use super::package::Package;
use super::problem::{Code, Problem};
use super::report::Report;
use crate::budget::FiscalYear;
use crate::money::Money;

/// What the `format` of a resource says where it is a file of ballots and no table.
const FORMAT: &str = "pb";

/// Its name is this and the year of the round.
const NAME: &str = "ballots-";

/// The proposals and ballots of one round, as the descriptor names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BallotFile {
    /// The round.
    pub year: FiscalYear,
    /// Path within the package.
    pub path: String,
    /// Size in bytes, where given.
    pub bytes: Option<u64>,
    /// Hash, where given.
    pub hash: Option<String>,
}

impl BallotFile {
    /// Whether a resource of the descriptor is one.
    pub(super) fn is_named_by(json: &Json) -> bool {
        json.get("format").and_then(Json::as_str) == Some(FORMAT)
    }

    /// Reads a resource that is one; `None`, with the reason in the report, where its name gives no year or its path cannot
    /// be used.
    pub(super) fn from_json(json: &Map<String, Json>, report: &mut Report) -> Option<Self> {
        let name = text(json, "name");
        let Some(year) = name.strip_prefix(NAME).and_then(|year| year.parse().ok()) else {
            report.add(invalid("resources[].name", &name));
            return None;
        };
        Some(Self {
            year,
            path: read_path(json, &name, report)?,
            bytes: json.get("bytes").and_then(Json::as_u64),
            hash: Some(text(json, "hash")).filter(|hash| !hash.is_empty()),
        })
    }

    /// The resource's name.
    pub fn name(&self) -> String {
        format!("{NAME}{}", self.year)
    }

    /// Reads the file itself, held to the size and hash that the descriptor gives.
    pub fn read(&self, content: Option<&FileContent>) -> (Pabulib, Report) {
        let (election, _lines, report) = self.read_with_lines(content);
        (election, report)
    }

    fn read_with_lines(&self, content: Option<&FileContent>) -> (Pabulib, Vec<u32>, Report) {
        let mut report = Report::default();
        let bytes = match content {
            Some(FileContent::Bytes(bytes)) => bytes.as_slice(),
            missing => {
                let problem = Problem::new(Code::FileMissing, &self.path);
                report.add(match missing {
                    Some(FileContent::Unavailable(reason)) => problem.value(reason),
                    _ => problem,
                });
                return (Pabulib::default(), Vec::new(), report);
            }
        };
        let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        let seal = (self.bytes, self.hash.as_deref());
        check_size_and_hash(&self.path, seal, bytes.len() as u64, Some(&hash), &mut report);
        let (election, lines, found) = Pabulib::read_with_lines(bytes, &self.path);
        report.tables = found.tables.clone();
        report.append(found);
        (election, lines, report)
    }
}

/// Reads every round's ballots and holds them against the rest of the package; what is found is added to the report.
///
/// Not part of reading a package, because a page shows it without its ballots.
pub fn check_ballots(package: &Package, files: &BTreeMap<String, FileContent>, report: &mut Report) {
    for file in &package.descriptor.ballots {
        let (election, lines, mut found) = file.read_with_lines(files.get(&file.path));
        let round = Round { package, file, election: &election };
        round.check_money(&mut found);
        round.check_projects(&lines, &mut found);
        let tables = std::mem::take(&mut found.tables).into_iter();
        let named =
            tables.map(|table| super::TableReport { resource: format!("{} {}", file.name(), table.resource), ..table });
        report.tables.extend(named);
        report.append(found);
    }
}

/// One round's ballots and the package they belong to.
struct Round<'a> {
    package: &'a Package,
    file: &'a BallotFile,
    election: &'a Pabulib,
}

impl Round<'_> {
    /// The currency and the fund of the round.
    fn check_money(&self, report: &mut Report) {
        let Some(process) = self.package.processes.iter().find(|process| process.year == self.file.year) else {
            return;
        };
        let differs = |label: &str, found: String, expected: String| {
            let problem = Problem::new(Code::BallotsDiffers, &self.file.path).column(format!("META.{label}"));
            problem.value(found).arg("expected", expected).arg("target", self.target("processes"))
        };
        if self.election.meta("currency").is_some() && self.election.currency != process.currency {
            report.add(differs("currency", self.election.currency.to_string(), process.currency.to_string()));
            return;
        }
        let budget = self.election.budget_minor.map(|minor| Money::new(minor, self.election.currency));
        if let (Some(budget), Some(fund)) = (budget, process.participatory_fund)
            && budget != fund
        {
            report.add(differs("budget", budget.to_plain(), fund.to_plain()));
        }
    }

    /// Each proposal's section, and those that stand among the package's projects. Proposals that were not agreed need not
    /// stand there.
    fn check_projects(&self, lines: &[u32], report: &mut Report) {
        let by_id: BTreeMap<&str, _> = self.package.projects.iter().map(|one| (one.id.as_str(), one)).collect();
        for (proposal, line) in self.election.projects.iter().zip(lines) {
            let at = |code, label: &str, value: &str| {
                let column = format!("PROJECTS.{label}");
                Problem::new(code, &self.file.path).row(*line).column(column).value(value)
            };
            let section = proposal.section.as_deref();
            if let Some(section) = section.filter(|id| self.package.sections.iter().all(|known| known.id != *id)) {
                report.add(at(Code::BallotsUnknown, "section", section).arg("target", self.target("sections")));
            }
            let target = self.target("projects");
            match by_id.get(proposal.id.as_str()) {
                None if proposal.is_selected == Some(true) => {
                    report.add(at(Code::BallotsUnknown, "project_id", &proposal.id).arg("target", target));
                }
                None => {}
                Some(project) if project.round != self.file.year => {
                    let problem =
                        at(Code::BallotsDiffers, "project_id", &format!("{} ({})", proposal.id, self.file.year));
                    report.add(problem.arg("expected", project.round.to_string()).arg("target", target));
                }
                Some(project) if section.is_some() && project.section.as_deref() != section => {
                    let expected = project.section.as_deref().unwrap_or("—");
                    let problem = at(Code::BallotsDiffers, "section", section.unwrap_or_default());
                    report.add(problem.arg("expected", expected).arg("target", target));
                }
                Some(_agrees) => {}
            }
        }
    }

    /// The file of a table, by the resource's name.
    fn target(&self, table: &str) -> String {
        let resource = self.package.descriptor.resources.iter().find(|resource| resource.name == table);
        resource.map_or_else(|| table.to_owned(), |resource| resource.file().to_owned())
    }
}
