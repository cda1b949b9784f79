//! What a first view needs: everything but the rows.

use super::parts::{Parts, TableParts};
use super::wire::{Reader, Wire, packed};
use super::{PackFault, tables};
use crate::budget::{
    Allocation, Criterion, Crossing, Date, Dimension, Neighbourhood, Objective, OfficialTotal, PriceIndex, Process,
    Section, SectionFigures, Status,
};
use crate::dataset::{Descriptor, Package, Report};
use crate::engine::{Facts, Holding};

/// The small tables, and what was found while reading all of them.
struct Opening {
    descriptor: Descriptor,
    sections: Vec<Section>,
    neighbourhoods: Vec<Neighbourhood>,
    dimensions: Vec<Dimension>,
    statuses: Vec<Status>,
    objectives: Vec<Objective>,
    price_index: Vec<PriceIndex>,
    crosswalk: Vec<Crossing>,
    figures: Vec<SectionFigures>,
    processes: Vec<Process>,
    rule: Vec<Criterion>,
    allocations: Vec<Allocation>,
    official_totals: Vec<OfficialTotal>,
    report: Report,
}

packed! {
    Opening {
        descriptor, sections, neighbourhoods, dimensions, statuses, objectives, price_index, crosswalk, figures, processes,
        rule, allocations, official_totals, report,
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
        objectives,
        price_index,
        crosswalk,
        figures,
        processes,
        rule,
        allocations,
        official_totals,
        facts,
        projects: _,
        financing: _,
        status_history: _,
        changes: _,
        project_sections: _,
        months: _,
        file_rows: _,
    } = package.clone();
    let report = report.clone();
    let opening = Opening {
        descriptor,
        sections,
        neighbourhoods,
        dimensions,
        statuses,
        objectives,
        price_index,
        crosswalk,
        figures,
        processes,
        rule,
        allocations,
        official_totals,
        report,
    };
    let mut words = Vec::new();
    opening.put(&mut words);
    // A table that has no cube is left empty: there is no cube without cells of a table that has rows.
    let cubes = Facts::STAGES.map(|stage| facts.holding(stage).cube.as_ref());
    let (cubes, days): (Vec<TableParts>, Vec<Vec<Date>>) = cubes.map(tables::pack_cube).into_iter().unzip();
    days.put(&mut words);
    Parts { words, dictionaries: tables::dictionaries(&facts, true), tables: cubes }
}

/// The package without its rows.
pub(super) fn unpack(parts: Parts) -> Result<(Package, Report), PackFault> {
    let mut words = Reader(&parts.words);
    let read = (Opening::take(&mut words), <Vec<Vec<Date>>>::take(&mut words));
    let (Some(opening), Some(days), true) = (read.0, read.1, words.0.is_empty()) else {
        return Err(PackFault::corrupt("words"));
    };
    let dictionaries = tables::in_order(parts.dictionaries, &Facts::default())?;
    let (mut cubes, mut days) = (parts.tables.into_iter(), days.into_iter());
    let mut holding = || {
        let (cube, days) = cubes.next().zip(days.next()).ok_or(PackFault::corrupt("tables"))?;
        Ok(Holding { rows: None, cube: tables::unpack_cube(cube, days, &dictionaries)? })
    };
    let holdings = [holding()?, holding()?, holding()?];
    if cubes.next().is_some() || days.next().is_some() {
        return Err(PackFault::corrupt("tables"));
    }
    let package = Package {
        descriptor: opening.descriptor,
        sections: opening.sections,
        neighbourhoods: opening.neighbourhoods,
        dimensions: opening.dimensions,
        statuses: opening.statuses,
        objectives: opening.objectives,
        price_index: opening.price_index,
        crosswalk: opening.crosswalk,
        figures: opening.figures,
        processes: opening.processes,
        rule: opening.rule,
        allocations: opening.allocations,
        official_totals: opening.official_totals,
        facts: Facts::of_holdings(dictionaries, holdings),
        ..Package::default()
    };
    Ok((package, opening.report))
}
