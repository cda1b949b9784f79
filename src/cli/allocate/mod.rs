//! `yupay allocate`: what a rule gives each section of a round, as a table, CSV or JSON; the same arithmetic as the page's.

mod chosen;
mod print;
mod result;

use super::command::{AllocateArgs, AnswerFormat};
use super::{CLEAN, Failure, Terminal, read, visible};
use crate::allocation::RuleError;
use crate::dataset::{Code, Package};
use crate::indicators::{AllotmentRound, allotment_round};
use crate::money::format::NumberStyle;
use crate::text::{Catalog, Writer};
use result::Answer;

/// Shares out the fund.
pub(super) fn run(args: &AllocateArgs, terminal: &mut Terminal<'_>) -> Result<u8, Failure> {
    let (package, report) = read::package_files(&args.package)?.load();
    let path = read::shown(&args.package);
    if report.problems.iter().any(|problem| problem.code == Code::DescriptorUnreadable) {
        return Err(Failure::said("show.unreadable", [("path", &path)]));
    }
    if !report.is_clean() {
        let aside = i64::try_from(report.rows_set_aside()).unwrap_or(i64::MAX);
        let note = terminal.words.plural("show.note", aside, &[("n", &aside.to_string()), ("path", &visible(&path))]);
        writeln!(terminal.err, "{note}")?;
    }
    let round = round(args, &package)?;
    let chosen = chosen::chosen(args, &package, &round)?;
    if let Some(made_for) = chosen.made_for_other(&package, &round) {
        let made_for = [("name", &made_for.name), ("version", &made_for.version), ("year", &made_for.year.to_string())];
        let made_for = made_for.map(|(name, value)| (name, visible(value)));
        let made_for = made_for.each_ref().map(|(name, value)| (*name, value.as_str()));
        writeln!(terminal.err, "{}", terminal.words.fill("allocate.made-for-other", &made_for))?;
    }
    let ground = Ground { package: &package, round: &round, words: terminal.words };
    let answer = Answer::new(&ground, chosen).map_err(|error| ground.refused(&error))?;
    match args.format {
        AnswerFormat::Table => print::table(&ground, &answer, terminal.out)?,
        AnswerFormat::Csv => print::csv(&ground, &answer, terminal.out)?,
        AnswerFormat::Json => print::json(&ground, &answer, terminal.out)?,
    }
    Ok(CLEAN)
}

/// What an answer is about and the words it is told in.
struct Ground<'a> {
    package: &'a Package,
    round: &'a AllotmentRound,
    words: &'a Catalog,
}

impl Ground<'_> {
    fn style(&self) -> NumberStyle {
        NumberStyle::new(self.words.language(), &self.package.descriptor.country)
    }

    /// Why a rule gives nothing.
    fn refused(&self, error: &RuleError) -> Failure {
        let writer = Writer { catalog: self.words, package: self.package, style: self.style() };
        let reason = visible(&writer.rule_error(error, self.round.currency));
        Failure::said("allocate.refused", [("reason", &reason)])
    }
}

fn round(args: &AllocateArgs, package: &Package) -> Result<AllotmentRound, Failure> {
    allotment_round(package, args.year).ok_or_else(|| {
        if package.sections.is_empty() {
            return Failure::said("allocate.no-sections", []);
        }
        let rounds: Vec<String> = package.processes.iter().map(|process| process.year.to_string()).collect();
        Failure::said("allocate.no-round", [("year", &args.year.to_string()), ("choices", &rounds.join(", "))])
    })
}
