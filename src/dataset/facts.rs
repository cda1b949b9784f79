//! From the domain's types to the engine's columns: what each row can be told apart by.

use super::package::{AGREED, DISTRICT, OUTSIDE, Package};
use crate::budget::{BudgetLine, FiscalYear, Project, Scope, Stage};
use crate::engine::{Dictionary, Facts, FactsBuilder, Key, Row};

/// The engine's columns of a package.
pub(super) fn facts(package: &Package) -> Facts {
    let mut builder = FactsBuilder::default();
    let rounds = package.processes.iter().map(|process| process.year).chain(package.projects.iter().map(|p| p.round));
    let rounds = distinct_years(rounds);
    let years = distinct_years(package.lines.iter().map(|line| line.year).chain(rounds.iter().copied()));
    for (key, years) in [(Key::Round, rounds), (Key::FiscalYear, years)] {
        let years: Vec<String> = years.iter().map(FiscalYear::to_string).collect();
        builder.declare(key, years.iter().map(String::as_str));
    }
    builder.declare(Key::Section, package.sections.iter().map(|section| section.id.as_str()).chain([DISTRICT]));
    builder.declare(Key::Neighbourhood, package.neighbourhoods.iter().map(|place| place.id.as_str()));
    builder.declare(Key::Dimension, package.dimensions.iter().map(|dimension| dimension.id.as_str()));
    builder.declare(Key::Status, package.statuses.iter().map(|status| status.id.as_str()));
    builder.declare(Key::Scope, Scope::NAMES);
    builder.declare(Key::List, [AGREED, OUTSIDE]);
    for project in &package.projects {
        let mut keys = project_keys(project);
        keys.push((Key::FiscalYear, project.round.to_string()));
        keys.extend(section_of(project).map(|section| (Key::Section, section)));
        keys.extend(project.source.clone().map(|source| (Key::Source, source)));
        let agreed = project.agreed.map(|money| (Stage::Agreed, money.minor));
        builder.project(Row { keys, amounts: agreed.into_iter().collect(), as_of: None });
    }
    let by_id = index(&package.projects);
    for line in &package.lines {
        let project = line.project.as_deref().and_then(|id| find(&package.projects, &by_id, id));
        builder.line(line_row(line, project));
    }
    builder.build()
}

fn distinct_years(years: impl Iterator<Item = FiscalYear>) -> Vec<FiscalYear> {
    let mut distinct = Vec::new();
    years.for_each(|year| {
        if let Err(place) = distinct.binary_search(&year) {
            distinct.insert(place, year);
        }
    });
    distinct
}

fn line_row(line: &BudgetLine, project: Option<&Project>) -> Row {
    let mut keys = match (project, &line.project) {
        (Some(project), _) => project_keys(project),
        // Its project's row was set aside: the line keeps the code and stands under "no data" elsewhere.
        (None, Some(id)) => vec![(Key::Project, id.clone()), (Key::Currency, line.currency.to_string())],
        (None, None) => vec![(Key::Currency, line.currency.to_string())],
    };
    keys.push((Key::FiscalYear, line.year.to_string()));
    let section = line.section.clone().or_else(|| section_of(project?));
    keys.extend(section.map(|section| (Key::Section, section)));
    keys.extend(line.financing_source.clone().map(|code| (Key::FinancingSource, code)));
    keys.extend(line.source.clone().map(|source| (Key::Source, source)));
    let amounts = Stage::OF_A_LINE.into_iter().filter_map(|stage| Some((stage, line.amounts.at(stage)?)));
    Row { keys, amounts: amounts.collect(), as_of: line.as_of }
}

/// What a project's own row and its lines share.
fn project_keys(project: &Project) -> Vec<(Key, String)> {
    let mut keys = vec![
        (Key::Round, project.round.to_string()),
        (Key::Project, project.id.clone()),
        (Key::Currency, project.currency.to_string()),
    ];
    keys.extend(project.dimension.clone().map(|dimension| (Key::Dimension, dimension)));
    keys.extend(project.status.clone().map(|status| (Key::Status, status)));
    keys.extend(project.neighbourhood.clone().map(|place| (Key::Neighbourhood, place)));
    keys.extend(project.function.clone().map(|function| (Key::Function, function)));
    let list = project.is_agreed().map(|is_agreed| if is_agreed { AGREED } else { OUTSIDE });
    keys.extend(list.map(|list| (Key::List, list.to_owned())));
    keys.extend(project.scope.map(|scope| (Key::Scope, scope.name().to_owned())));
    keys
}

/// A district-wide work has no section of its own, which is not the same as a section nobody published.
fn section_of(project: &Project) -> Option<String> {
    match (&project.section, project.scope) {
        (Some(section), _) => Some(section.clone()),
        (None, Some(Scope::District)) => Some(DISTRICT.to_owned()),
        (None, _) => None,
    }
}

/// Where each project stands, by its code.
pub(super) fn index(projects: &[Project]) -> Dictionary {
    let mut by_id = Dictionary::default();
    for project in projects {
        by_id.intern(&project.id);
    }
    by_id
}

/// A project by its code.
pub(super) fn find<'a>(projects: &'a [Project], by_id: &Dictionary, id: &str) -> Option<&'a Project> {
    projects.get(usize::try_from(by_id.code(id)?).ok()?.checked_sub(1)?)
}
