//! What a first view needs: everything but the rows.

use super::parts::Parts;
use super::wire::{Reader, Wire, packed};
use super::{PackFault, tables};
use crate::budget::{
    Allocation, Criterion, Dimension, Neighbourhood, OfficialTotal, Process, Section, SectionFigures, Status,
};
use crate::dataset::{Descriptor, Package, Report};
use crate::engine::{Facts, Table};

/// The small tables, and what was found while reading all of them.
struct Opening {
    descriptor: Descriptor,
    sections: Vec<Section>,
    neighbourhoods: Vec<Neighbourhood>,
    dimensions: Vec<Dimension>,
    statuses: Vec<Status>,
    figures: Vec<SectionFigures>,
    processes: Vec<Process>,
    rule: Vec<Criterion>,
    allocations: Vec<Allocation>,
    official_totals: Vec<OfficialTotal>,
    report: Report,
}

packed! {
    Opening {
        descriptor, sections, neighbourhoods, dimensions, statuses, figures, processes, rule, allocations, official_totals,
        report,
    }
}

/// The parts of the cube's file.
pub(super) fn pack(package: &Package, report: &Report) -> Parts {
    // Named one by one, so that a field added to a package does not compile until it is packed, here or with the rows.
    let Package {
        descriptor,
        sections,
        neighbourhoods,
        dimensions,
        statuses,
        figures,
        processes,
        rule,
        allocations,
        official_totals,
        facts,
        projects: _,
        financing: _,
        lines: _,
    } = package.clone();
    let report = report.clone();
    let opening = Opening {
        descriptor,
        sections,
        neighbourhoods,
        dimensions,
        statuses,
        figures,
        processes,
        rule,
        allocations,
        official_totals,
        report,
    };
    let mut words = Vec::new();
    opening.put(&mut words);
    Parts { words, dictionaries: tables::dictionaries(&facts, true), tables: Vec::new() }
}

/// The package without its rows.
pub(super) fn unpack(parts: Parts) -> Result<(Package, Report), PackFault> {
    let opening: Opening = Reader::whole(&parts.words).ok_or(PackFault::corrupt("words"))?;
    let dictionaries = tables::in_order(parts.dictionaries, &Facts::default())?;
    let package = Package {
        descriptor: opening.descriptor,
        sections: opening.sections,
        neighbourhoods: opening.neighbourhoods,
        dimensions: opening.dimensions,
        statuses: opening.statuses,
        figures: opening.figures,
        processes: opening.processes,
        rule: opening.rule,
        allocations: opening.allocations,
        official_totals: opening.official_totals,
        facts: Facts::new(dictionaries, Table::default(), Table::default()),
        ..Package::default()
    };
    Ok((package, opening.report))
}
