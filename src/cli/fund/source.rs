//! Where the proposals come from, and a Pabulib file of them where one is asked for.

use std::path::Path;

use super::super::command::{FundArgs, FundSource};
use super::super::{Failure, pack, read};
use crate::allocation::funding::{Election, Funded, FundingRule};
use crate::budget::FiscalYear;
use crate::dataset::{FileContent, Heading, Pabulib, Package, Problem, Severity};
use crate::indicators::{LeftOut, proposals};
use crate::money::Currency;
use crate::money::parse::{NumberMarks, parse_minor};
use crate::text::Catalog;

/// Proposals, what there is to spend, and what was wrong with them.
pub(super) struct Source {
    /// What it is called.
    pub title: String,
    /// ISO 3166 code of the country, for how numbers look.
    pub country: String,
    pub election: Election,
    pub left_out: Vec<LeftOut>,
    pub currency: Option<Currency>,
    pub budget_minor: Option<i64>,
    pub problems: Vec<Problem>,
    origin: Origin,
}

enum Origin {
    /// The file, and how many of its rows could not be used.
    File(Box<Pabulib>, u64),
    Round {
        year: FiscalYear,
        section: Option<String>,
    },
}

/// Reads what the arguments name.
pub(super) fn read(args: &FundArgs) -> Result<Source, Failure> {
    let mut source = match &args.source {
        FundSource::File(path) => of_file(path)?,
        FundSource::Package { path, year, section } => of_package(path, *year, section.as_deref())?,
    };
    if let Some(typed) = &args.budget {
        let decimals = source.decimals();
        let amount = parse_minor(typed, decimals, NumberMarks::default()).ok().filter(|&minor| minor >= 0);
        let refused = || Failure::said("usage.amount", [("value", typed), ("decimals", &decimals.to_string())]);
        source.budget_minor = Some(amount.ok_or_else(refused)?);
    }
    Ok(source)
}

fn of_file(path: &Path) -> Result<Source, Failure> {
    let bytes = read::whole_file(path)?;
    let name = path.file_name().map_or_else(|| read::shown(path), |name| name.to_string_lossy().into_owned());
    let (file, report) = Pabulib::read(&bytes, &name);
    let rows_lost = report.rows_set_aside();
    let currency = Some(file.currency).filter(|currency| *currency != Currency::NONE);
    Ok(Source {
        title: file.meta("description").unwrap_or(&name).to_owned(),
        country: String::new(),
        election: file.to_election(),
        left_out: Vec::new(),
        currency,
        budget_minor: file.budget_minor,
        problems: report.problems,
        origin: Origin::File(Box::new(file), rows_lost),
    })
}

fn of_package(path: &Path, year: FiscalYear, section: Option<&str>) -> Result<Source, Failure> {
    let files = read::package_files(path)?;
    let (package, report) = files.load();
    let mut problems: Vec<Problem> = report.problems;
    let named = package.descriptor.ballots.iter().find(|file| file.year == year);
    let ballots = named.and_then(|file| {
        let content = files.files.get(&file.path);
        let Some(FileContent::Bytes(bytes)) = content else { return None };
        let (ballots, report) = Pabulib::read(bytes, &file.path);
        problems.extend(report.problems);
        Some(ballots)
    });
    refuse_unknown(&package, year, section)?;
    let found = proposals(&package, ballots.as_ref(), year, section);
    let section_name = section.and_then(|id| package.sections.iter().find(|section| section.id == id));
    let mut title = format!("{} {year}", package.descriptor.title);
    if let Some(section) = section_name {
        title.push_str(&format!(", {}", section.name));
    }
    Ok(Source {
        title,
        country: package.descriptor.country.clone(),
        election: found.election,
        left_out: found.left_out,
        currency: found.currency,
        budget_minor: found.budget_minor,
        problems: problems.into_iter().filter(|problem| problem.severity() == Severity::Error).collect(),
        origin: Origin::Round { year, section: section.map(str::to_owned) },
    })
}

/// A round or a section that is not there is a slip of the fingers: an empty answer would hide it.
fn refuse_unknown(package: &Package, year: FiscalYear, section: Option<&str>) -> Result<(), Failure> {
    let mut rounds: Vec<FiscalYear> = package.projects.iter().map(|project| project.round).collect();
    rounds.extend(package.descriptor.ballots.iter().map(|file| file.year));
    rounds.sort_unstable();
    rounds.dedup();
    if !rounds.contains(&year) {
        let choices: Vec<String> = rounds.iter().map(FiscalYear::to_string).collect();
        return Err(Failure::said("fund.no-round", [("year", &year.to_string()), ("choices", &choices.join(", "))]));
    }
    if let Some(section) = section.filter(|section| package.sections.iter().all(|known| known.id != **section)) {
        let choices: Vec<&str> = package.sections.iter().map(|section| section.id.as_str()).collect();
        return Err(Failure::said("fund.no-section", [("value", section), ("choices", &choices.join(", "))]));
    }
    Ok(())
}

impl Source {
    /// The currency of its amounts; `XXX`, which says that there is none, where nothing says it.
    pub fn currency_or_none(&self) -> Currency {
        self.currency.unwrap_or(Currency::NONE)
    }

    fn decimals(&self) -> u8 {
        self.currency_or_none().exponent()
    }

    /// Writes the election to a new file: what was read from a file as it was, what comes from a package with the works
    /// funded marked as selected.
    pub fn write(
        &self,
        path: &Path,
        rule: FundingRule,
        budget_minor: i64,
        funded: &Funded,
        words: &Catalog,
    ) -> Result<(), Failure> {
        let shown = read::shown(path);
        if path.exists() {
            return Err(Failure::said("fund.exists", [("path", &shown)]));
        }
        let text = match &self.origin {
            Origin::File(_, lost) if *lost > 0 => {
                let count = lost.to_string();
                return Err(Failure::said("fund.rows-lost", [("path", &shown), ("count", &count)]));
            }
            Origin::File(file, _) => file.to_text(),
            Origin::Round { year, section } => {
                let heading = Heading {
                    description: words.fill("fund.made-by", &[("title", &self.title)]),
                    country: self.country.clone(),
                    unit: self.title.clone(),
                    subunit: section.clone(),
                    instance: year.to_string(),
                    budget_minor,
                    currency: self.currency_or_none(),
                    rule: rule.name().to_owned(),
                    selected: funded.full.clone(),
                };
                Pabulib::of_election(&self.election, &heading).to_text()
            }
        };
        pack::whole_or_not_at_all(path, text.as_bytes())
            .map_err(|error| Failure::said("fund.unwritable", [("path", &shown), ("reason", &error.to_string())]))
    }
}
