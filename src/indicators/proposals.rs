//! What a round's money could be spent on: the proposals as the funding rules take them, and those that they cannot take.
//!
//! From the round's ballots file where the package has one ([`Pabulib`]), which also holds proposals that
//! were not agreed; else from `projects.csv`, where only the votes are known.
//!
//! What a project costs the fund is its estimated cost less what others than the municipality pay; without an estimate, the
//! amount agreed for it. A ballots file says it itself.

use std::collections::BTreeMap;

use crate::allocation::funding::{Election, Proposal};
use crate::budget::{FiscalYear, Process, Project, Scope};
use crate::dataset::{Pabulib, Package, PbProject};
use crate::money::Currency;

/// The proposals of a round, or of one section in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposals {
    /// The round.
    pub year: FiscalYear,
    /// The section; `None` for all of the round's proposals, district-wide works among them.
    pub section: Option<String>,
    /// Currency of every amount; `None` where nothing says it, and then there are no proposals either.
    pub currency: Option<Currency>,
    /// What can be funded, in declared order, which breaks ties.
    pub election: Election,
    /// What cannot be funded or is not counted here, with the reason, in declared order.
    pub left_out: Vec<LeftOut>,
    /// The amount there was, in minor units: the section's published allocation, or the round's fund. `None` where not
    /// published.
    pub budget_minor: Option<i64>,
}

/// A proposal that the funding rules cannot take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Code.
    pub id: String,
    /// Name.
    pub name: String,
    /// Why.
    pub reason: LeftOutReason,
}

/// Why a proposal is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOutReason {
    /// It is for several sections or the whole district, and this is the list of one section.
    WiderScope,
    /// Neither its cost nor an agreed amount is published.
    NoCost,
    /// Its votes are not published.
    NoVotes,
    /// Its amounts are in another currency than the round's fund.
    OtherCurrency,
}

impl LeftOutReason {
    /// Every reason.
    pub const ALL: [Self; 4] = [Self::WiderScope, Self::NoCost, Self::NoVotes, Self::OtherCurrency];

    /// The name used in commands and language keys.
    pub fn name(self) -> &'static str {
        match self {
            Self::WiderScope => "wider-scope",
            Self::NoCost => "no-cost",
            Self::NoVotes => "no-votes",
            Self::OtherCurrency => "other-currency",
        }
    }
}

/// The proposals of a round, or of a section in it; `ballots` is the round's ballots file, where the package has one and it
/// was read.
pub fn proposals(package: &Package, ballots: Option<&Pabulib>, year: FiscalYear, section: Option<&str>) -> Proposals {
    let process = package.processes.iter().find(|process| process.year == year);
    let mut found = match ballots {
        Some(ballots) => of_ballots(package, ballots, section),
        None => of_projects(package, process, year, section),
    };
    if found.currency.is_none() {
        found.currency = process.map(|process| process.currency);
    }
    let published = match section {
        Some(section) => {
            let of = |section: &str| package.allocations.iter().find(|a| a.year == year && a.section == section);
            of(section).map(|allocation| allocation.amount)
        }
        None => process.and_then(|process| process.participatory_fund),
    };
    let of_file = ballots.filter(|_| section.is_none()).and_then(|ballots| ballots.budget_minor);
    let published = published.filter(|amount| Some(amount.currency) == found.currency);
    Proposals {
        year,
        section: section.map(str::to_owned),
        currency: found.currency,
        election: found.election,
        left_out: found.left_out,
        budget_minor: published.map(|amount| amount.minor).or(of_file),
    }
}

struct Found {
    currency: Option<Currency>,
    election: Election,
    left_out: Vec<LeftOut>,
}

/// Whether a work of this scope counts for the list of one section.
fn is_wider(scope: Option<Scope>) -> bool {
    matches!(scope, Some(Scope::Multi | Scope::District))
}

fn of_ballots(package: &Package, ballots: &Pabulib, section: Option<&str>) -> Found {
    let projects: BTreeMap<&str, &Project> =
        package.projects.iter().map(|project| (project.id.as_str(), project)).collect();
    let section_of = |proposal: &PbProject| {
        let published = projects.get(proposal.id.as_str()).and_then(|project| project.section.clone());
        proposal.section.clone().or(published)
    };
    let is_here = |proposal: &PbProject| section.is_none() || section_of(proposal).as_deref() == section;
    let is_wide = |proposal: &PbProject| {
        section.is_some() && is_wider(projects.get(proposal.id.as_str()).and_then(|project| project.scope))
    };
    let mut left_out = Vec::new();
    for proposal in ballots.projects.iter().filter(|proposal| is_here(proposal)) {
        let reason = match (is_wide(proposal), proposal.cost_minor) {
            (true, _) => LeftOutReason::WiderScope,
            (false, None) => LeftOutReason::NoCost,
            (false, Some(_)) => continue,
        };
        left_out.push(LeftOut { id: proposal.id.clone(), name: proposal.name.clone(), reason });
    }
    let election = match section {
        None => ballots.to_election(),
        Some(_) => ballots.election_among(|proposal| is_here(proposal) && !is_wide(proposal)),
    };
    Found { currency: Some(ballots.currency), election, left_out }
}

fn of_projects(package: &Package, process: Option<&Process>, year: FiscalYear, section: Option<&str>) -> Found {
    let of_round = || package.projects.iter().filter(move |project| project.round == year);
    let first = of_round().next().map(|project| project.currency);
    let currency = process.map(|process| process.currency).or(first);
    let paid_by_others = paid_by_others(package);
    let mut proposals = Vec::new();
    let mut left_out = Vec::new();
    for project in of_round().filter(|project| section.is_none() || project.section.as_deref() == section) {
        let others_minor = paid_by_others.get(project.id.as_str()).copied().unwrap_or_default();
        let votes = project.votes.and_then(|votes| u64::try_from(votes).ok());
        let taken = match (cost_minor(project, others_minor), votes) {
            _ if section.is_some() && is_wider(project.scope) => Err(LeftOutReason::WiderScope),
            _ if Some(project.currency) != currency => Err(LeftOutReason::OtherCurrency),
            (None, _) => Err(LeftOutReason::NoCost),
            (_, None) => Err(LeftOutReason::NoVotes),
            (Some(cost_minor), Some(votes)) => Ok((cost_minor, votes)),
        };
        let (id, name) = (project.id.clone(), project.title.clone());
        match taken {
            Ok((cost_minor, votes)) => proposals.push(Proposal { id, name, cost_minor, votes }),
            Err(reason) => left_out.push(LeftOut { id, name, reason }),
        }
    }
    let unit_minor = currency.map_or(1, |currency| 10i64.pow(u32::from(currency.exponent())));
    Found { currency, election: Election { proposals, ballots: Vec::new(), unit_minor }, left_out }
}

/// What others than the municipality pay for each project, in minor units of its currency.
fn paid_by_others(package: &Package) -> BTreeMap<&str, i64> {
    let mut paid: BTreeMap<&str, i64> = BTreeMap::new();
    for part in package.financing.iter().filter(|part| part.source != MUNICIPALITY) {
        let sum = paid.entry(&part.project).or_default();
        *sum = sum.saturating_add(part.amount.minor);
    }
    paid
}

const MUNICIPALITY: &str = "municipality";

/// What a project costs the fund; nothing where others pay all of it.
fn cost_minor(project: &Project, others_minor: i64) -> Option<i64> {
    let estimated = project.cost.map(|cost| cost.minor.saturating_sub(others_minor));
    let agreed = project.agreed.filter(|_| project.is_agreed() == Some(true)).map(|agreed| agreed.minor);
    estimated.or(agreed).map(|minor| minor.max(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::{FileContent, load};

    const BALLOTS: &str = "META\nkey;value\nbudget;900\nvote_type;approval\ncurrency;PEN\nPROJECTS\n\
                           project_id;cost;name;section\nP1;80;Pozo;S1\nX1;30;Faro;S1\nP2;50;Pista;S1\nX2;20;Feria;S2\n\
                           VOTES\nvoter_id;vote\n1;P1,X1\n2;X2\n3;P1\n4;P2,X2\n5;\n";

    fn package() -> Package {
        let tables = [
            ("sections", "section_id,name\nS1,Uno\nS2,Dos\n"),
            ("processes", "fiscal_year,currency,participatory_fund\n2000,PEN,1000.00\n2001,PEN,\n"),
            ("allocations", "fiscal_year,section_id,amount\n2000,S1,600.00\n"),
            (
                "projects",
                "project_id,fiscal_year,title,section_id,scope,cost_estimate,currency,agreed_amount,votes\n\
                 P1,2000,Pozo,S1,section,100.00,,70.00,9\nP2,2000,Pista,S1,multi,50.00,,50.00,4\n\
                 P3,2000,Losa,S1,section,,,40.00,3\nP4,2000,Faro,S1,section,,,,2\nP5,2000,Cuna,S1,section,10.00,,10.00,\n\
                 P6,2000,Torre,,district,10.00,USD,10.00,1\nP7,2000,Feria,S2,section,25.00,,25.00,8\n\
                 P8,2001,Otra,S1,section,5.00,,5.00,1\nP9,2000,Plaza,S1,section,30.00,,0,7\n",
            ),
            (
                "financing",
                "financing_id,project_id,source,amount\nF1,P1,municipality,70.00\nF2,P1,community,20.00\n\
                 F3,P1,ngo,10.00\nF4,P9,donor,45.00\n",
            ),
        ];
        let resources = tables.map(|(name, _)| format!(r#"{{"name":"{name}","path":"{name}.csv"}}"#)).join(",");
        let descriptor = format!(r#"{{"name":"small","countryCode":"PE","resources":[{resources}]}}"#);
        let files = tables.map(|(name, text)| (format!("{name}.csv"), FileContent::Bytes(text.as_bytes().to_vec())));
        load(descriptor.as_bytes(), &files.into_iter().collect()).0
    }

    fn shown(found: &Proposals) -> String {
        let taken = found.election.proposals.iter().map(|p| format!("{} {} {}", p.id, p.cost_minor, p.votes));
        let left = found.left_out.iter().map(|left| format!("{} {}", left.id, left.reason.name()));
        format!("{} | {}", taken.collect::<Vec<_>>().join(", "), left.collect::<Vec<_>>().join(", "))
    }

    fn year(text: &str) -> FiscalYear {
        text.parse().unwrap()
    }

    #[test]
    fn a_sections_projects_cost_what_others_do_not_pay() {
        let found = proposals(&package(), None, year("2000"), Some("S1"));
        assert_eq!(shown(&found), "P1 7000 9, P3 4000 3, P9 0 7 | P2 wider-scope, P4 no-cost, P5 no-votes");
        assert_eq!((found.budget_minor, found.election.unit_minor), (Some(60_000), 100));
        assert!(!found.election.has_ballots());
    }

    #[test]
    fn the_whole_round_has_the_wider_works_too() {
        let found = proposals(&package(), None, year("2000"), None);
        assert_eq!(
            shown(&found),
            "P1 7000 9, P2 5000 4, P3 4000 3, P7 2500 8, P9 0 7 | P4 no-cost, P5 no-votes, P6 other-currency"
        );
        assert_eq!(found.budget_minor, Some(100_000));
        assert_eq!(proposals(&package(), None, year("2001"), None).budget_minor, None);
    }

    #[test]
    fn a_ballots_file_brings_what_was_not_agreed_and_who_backs_it() {
        let (ballots, _) = Pabulib::read(BALLOTS.as_bytes(), "2000.pb");
        let of_section = proposals(&package(), Some(&ballots), year("2000"), Some("S1"));
        assert_eq!(shown(&of_section), "P1 8000 2, X1 3000 1 | P2 wider-scope");
        assert_eq!((of_section.election.voters(), of_section.budget_minor), (2, Some(60_000)));
        let whole = proposals(&package(), Some(&ballots), year("2000"), None);
        assert_eq!(shown(&whole), "P1 8000 2, X1 3000 1, P2 5000 1, X2 2000 2 | ");
        assert_eq!((whole.election.voters(), whole.budget_minor), (5, Some(100_000)));
        assert_eq!(proposals(&package(), Some(&ballots), year("2001"), None).budget_minor, Some(90_000));
    }
}
