//! From tables of values to the domain's types, with every amount in the currency of its row.

use super::columns::Value;
use super::descriptor::Descriptor;
use super::file_rows::FileRows;
use super::lines::{Lines, settle};
use super::package::Package;
use super::problem::Code;
use super::projects::ProjectIndex;
use super::report::Report;
use super::rows::{RowView, Rows, UnderWay, in_order};
use super::table::TableData;
use crate::budget::{
    Allocation, Change, Criterion, Crossing, Dimension, Direction, Feasibility, Financing, FiscalYear, Form,
    MonthAmounts, Neighbourhood, Objective, OfficialTotal, PriceIndex, Process, Project, Scope, Section,
    SectionFigures, SharedSection, Status, StatusChange,
};
use crate::money::Currency;

/// A kind of rows that a package holds, each taken from one table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Sections,
    Neighbourhoods,
    Dimensions,
    Statuses,
    Objectives,
    PriceIndex,
    Crosswalk,
    Figures,
    Processes,
    Rule,
    Allocations,
    Projects,
    /// Where each project stands, for the rows that name one.
    ProjectIndex,
    Financing,
    Lines,
    OfficialTotals,
    StatusHistory,
    Changes,
    ProjectSections,
    Months,
    /// Which row of its file each row in use is.
    FileRows,
}

impl Part {
    /// Every part after those it takes its currency from.
    pub const ALL: [Self; 21] = [
        Self::Sections,
        Self::Neighbourhoods,
        Self::Dimensions,
        Self::Statuses,
        Self::Objectives,
        Self::PriceIndex,
        Self::Crosswalk,
        Self::Figures,
        Self::Processes,
        Self::Rule,
        Self::Allocations,
        Self::Projects,
        Self::ProjectIndex,
        Self::Financing,
        Self::Lines,
        Self::OfficialTotals,
        Self::StatusHistory,
        Self::Changes,
        Self::ProjectSections,
        Self::Months,
        Self::FileRows,
    ];
}

/// A package on its way out of its tables.
#[derive(Debug, Default)]
pub(super) struct Extraction {
    pub package: Package,
    pub projects: ProjectIndex,
    pub lines: Lines,
    /// The currency of amounts whose row and round name none.
    fallback: Option<Currency>,
    under_way: UnderWay,
}

impl Extraction {
    pub fn new(descriptor: Descriptor) -> Self {
        Self { package: Package { descriptor, ..Package::default() }, ..Self::default() }
    }

    /// Goes on filling a part of the package, and says when it is done. Rows whose amounts do not fit their currency are
    /// set aside.
    pub fn extract(&mut self, part: Part, tables: &mut [TableData], report: &mut Report) -> bool {
        let package = &mut self.package;
        let mut rows = Rows { tables, report, fallback: self.fallback, under_way: &mut self.under_way };
        match part {
            Part::Sections => rows.build("sections", &mut package.sections, section),
            Part::Neighbourhoods => rows.build("neighbourhoods", &mut package.neighbourhoods, neighbourhood),
            Part::Dimensions => {
                package.dimensions = rows.ordered("dimensions", dimension);
                true
            }
            Part::Statuses => {
                package.statuses = rows.ordered("statuses", status);
                true
            }
            Part::Objectives => rows.build("objectives", &mut package.objectives, objective),
            Part::PriceIndex => {
                let index = rows.all("price_index", price_index);
                package.price_index = in_order(index, |index| i64::from(index.year.number()));
                true
            }
            Part::Crosswalk => rows.build("crosswalk", &mut package.crosswalk, crossing),
            Part::Figures => rows.build("section_figures", &mut package.figures, figures),
            Part::Processes => {
                let processes = rows.all("processes", process);
                package.processes = in_order(processes, |process| i64::from(process.year.number()));
                self.fallback = stated_currency(package, tables);
                true
            }
            Part::Rule => rows.build("allocation_rule", &mut package.rule, criterion),
            Part::Allocations => {
                let rounds = &package.processes;
                rows.build("allocations", &mut package.allocations, |row| allocation(row, rounds))
            }
            Part::Projects => {
                let rounds = &package.processes;
                rows.build("projects", &mut package.projects, |row| project(row, rounds))
            }
            Part::ProjectIndex => {
                self.projects = ProjectIndex::new(&package.projects);
                true
            }
            Part::Financing => {
                let (projects, index) = (&package.projects, &self.projects);
                rows.build("financing", &mut package.financing, |row| financing(row, projects, index))
            }
            Part::Lines => {
                if let Some(table) = rows.tables.iter_mut().find(|table| table.name == "budget") {
                    self.lines = Lines::new(table, package, &self.projects, self.fallback);
                    settle(table, &mut self.lines, rows.report);
                }
                true
            }
            Part::OfficialTotals => {
                let totals = rows.all("official_totals", official_total);
                package.official_totals = in_order(totals, |total| i64::from(total.year.number()));
                true
            }
            Part::StatusHistory => rows.build("status_history", &mut package.status_history, status_change),
            Part::Changes => rows.build("changes", &mut package.changes, change),
            Part::ProjectSections => rows.build("project_sections", &mut package.project_sections, shared_section),
            Part::Months => {
                let rounds = &package.processes;
                let (projects, index) = (&package.projects, &self.projects);
                rows.build("execution_months", &mut package.months, |row| month(row, rounds, projects, index))
            }
            Part::FileRows => {
                for (name, rows_of) in [
                    ("projects", &mut package.file_rows.projects),
                    ("budget", &mut package.file_rows.budget),
                    ("financing", &mut package.file_rows.financing),
                ] {
                    if let Some(table) = rows.tables.iter().find(|table| table.name == name) {
                        *rows_of = FileRows::of(table);
                    }
                }
                true
            }
        }
    }
}

/// The currency that the package as a whole states: its rounds', its budget's constant, or its country's.
fn stated_currency(package: &Package, tables: &[TableData]) -> Option<Currency> {
    let of_rounds = package.processes.last().map(|process| process.currency);
    let constant = || tables.iter().find_map(|table| table.currency.as_ref()?.parse().ok());
    let of_country = || match package.descriptor.country.as_str() {
        "PE" => Some(Currency::PEN),
        _ => None,
    };
    of_rounds.or_else(constant).or_else(of_country)
}

/// The currency of a round; rounds stand by year.
pub(super) fn currency_of_round(rounds: &[Process], year: FiscalYear) -> Option<Currency> {
    let first = rounds.partition_point(|round| round.year < year);
    rounds.get(first).filter(|round| round.year == year).map(|round| round.currency)
}

fn section(row: &RowView<'_>) -> Option<Section> {
    let (level1, level2) = (row.text("level1"), row.text("level2"));
    Some(Section { id: row.text("section_id")?, name: row.text("name")?, level1, level2 })
}

fn neighbourhood(row: &RowView<'_>) -> Option<Neighbourhood> {
    let section = row.text("section_id").unwrap_or_default();
    Some(Neighbourhood { id: row.text("neighbourhood_id")?, section, name: row.text("name")? })
}

fn dimension(row: &RowView<'_>) -> Option<Dimension> {
    let label_en = row.text("label_en").unwrap_or_default();
    Some(Dimension { id: row.text("dimension_id")?, label_es: row.text("label_es")?, label_en })
}

fn status(row: &RowView<'_>) -> Option<Status> {
    Some(Status {
        id: row.text("status_id")?,
        label_es: row.text("label_es")?,
        label_en: row.text("label_en").unwrap_or_default(),
        oc4ids_status: row.text("oc4ids_status").unwrap_or_default(),
        is_open: matches!(row.value("is_open"), Value::Boolean(true)),
    })
}

fn figures(row: &RowView<'_>) -> Option<SectionFigures> {
    let columns = row.row.table.columns.iter().filter(|column| column.kind == super::spec::Kind::Integer);
    let measures = columns.map(|column| (column.name.clone(), row.integer(&column.name))).collect();
    Some(SectionFigures { year: row.year("fiscal_year")?, section: row.text("section_id")?, measures })
}

fn process(row: &RowView<'_>) -> Option<Process> {
    let currency = row.currency("currency")?.or(row.fallback).or_else(|| row.of_table());
    let Some(currency) = currency else {
        row.refuse(Code::CurrencyUnknown, "currency", "");
        return None;
    };
    let reserve_currency = row.currency("district_reserve_currency")?.unwrap_or(currency);
    Some(Process {
        year: row.year("fiscal_year")?,
        currency,
        investment_budget: row.money("investment_budget", Some(currency))?,
        participatory_fund: row.money("participatory_fund", Some(currency))?,
        district_reserve: row.money("district_reserve", Some(reserve_currency))?,
        reported_share_percent: row.decimal("reported_share_percent"),
        community_match_percent: row.decimal("community_match_percent"),
        closed_on: row.date("closed_on"),
        closing_is_published: row.row.table.column("closed_on").is_some(),
        source: row.text("source"),
    })
}

fn criterion(row: &RowView<'_>) -> Option<Criterion> {
    let direction = row.text("direction").and_then(|name| Direction::from_name(&name));
    let form = row.text("form").and_then(|name| Form::from_name(&name));
    Some(Criterion {
        year: row.year("fiscal_year")?,
        id: row.text("criterion_id")?,
        label_es: row.text("label_es").unwrap_or_default(),
        label_en: row.text("label_en").unwrap_or_default(),
        measure: row.text("measure")?,
        form: form.unwrap_or(Form::Count),
        direction: direction.unwrap_or(Direction::Direct),
        base: row.text("base"),
        weight_percent: row.decimal("weight_percent")?,
    })
}

fn allocation(row: &RowView<'_>, rounds: &[Process]) -> Option<Allocation> {
    let year = row.year("fiscal_year")?;
    let amount = row.money("amount", currency_of_round(rounds, year))?;
    Some(Allocation { year, section: row.text("section_id")?, amount: amount? })
}

fn project(row: &RowView<'_>, rounds: &[Process]) -> Option<Project> {
    let round = row.year("fiscal_year")?;
    let stated = row.currency("currency")?.or_else(|| currency_of_round(rounds, round)).or(row.fallback);
    let agreed = row.money("agreed_amount", stated)?;
    let cost = row.money("cost_estimate", stated)?;
    let technical_design_cost = row.money("technical_design_cost", stated)?;
    let location = row.point("location")?;
    let Some(currency) = stated else {
        row.refuse(Code::CurrencyUnknown, "currency", "");
        return None;
    };
    Some(Project {
        id: row.text("project_id")?,
        round,
        title: row.text("title")?,
        section: row.text("section_id"),
        neighbourhood: row.text("neighbourhood_id"),
        scope: row.text("scope").and_then(|scope| Scope::from_name(&scope)),
        dimension: row.text("dimension_id"),
        objective: row.text("objective_id"),
        code: row.text("cui").or_else(|| row.text("snip")),
        cofog: row.text("cofog_division"),
        function: row.text("function_code"),
        status: row.text("status"),
        status_date: row.date("status_date"),
        currency,
        agreed,
        cost,
        technical_design_cost,
        feasibility: row.text("feasibility").and_then(|name| Feasibility::from_name(&name)),
        agreed_on: row.date("agreed_on"),
        votes: row.integer("votes"),
        priority_rank: row.integer("priority_rank"),
        beneficiaries: row.integer("beneficiaries"),
        planned_end: row.date("planned_end"),
        actual_start: row.date("actual_start"),
        actual_end: row.date("actual_end"),
        physical_progress_percent: row.decimal("physical_progress_percent"),
        location,
        act_document_url: row.text("act_document_url"),
        source: row.text("source"),
    })
}

fn financing(row: &RowView<'_>, projects: &[Project], index: &ProjectIndex) -> Option<Financing> {
    let project = row.text("project_id")?;
    let of_project = index.find(projects, &project).map(|project| project.currency);
    let amount = row.money("amount", of_project)??;
    let (id, source, form) = (row.text("financing_id")?, row.text("source")?, row.text("form"));
    Some(Financing { id, source, form, amount, project })
}

fn official_total(row: &RowView<'_>) -> Option<OfficialTotal> {
    let stated = row.of_table().or(row.fallback);
    let amounts = row.stages(stated)?;
    let Some(currency) = stated else {
        row.refuse(Code::CurrencyUnknown, "fiscal_year", "");
        return None;
    };
    Some(OfficialTotal {
        year: row.year("fiscal_year")?,
        currency,
        amounts,
        as_of: row.date("as_of"),
        months_covered: row.integer("months_covered"),
        source: row.text("source"),
    })
}

fn objective(row: &RowView<'_>) -> Option<Objective> {
    let (dimension, parent) = (row.text("dimension_id"), row.text("parent"));
    Some(Objective { id: row.text("objective_id")?, dimension, title: row.text("title")?, parent })
}

fn price_index(row: &RowView<'_>) -> Option<PriceIndex> {
    let (base, series) = (row.text("base"), row.text("series"));
    Some(PriceIndex { year: row.year("year")?, index: row.above_zero("index")?, base, series })
}

fn crossing(row: &RowView<'_>) -> Option<Crossing> {
    Some(Crossing {
        table: row.text("table")?,
        from: row.text("from_id")?,
        from_year: row.year("from_year")?,
        to: row.text("to_id")?,
        to_year: row.year("to_year")?,
        share_percent: row.decimal("share_percent"),
        // A row says where something went so that it can be compared; that it must not be is said.
        comparable: !matches!(row.value("comparable"), Value::Boolean(false)),
    })
}

fn status_change(row: &RowView<'_>) -> Option<StatusChange> {
    Some(StatusChange { project: row.text("project_id")?, date: row.date("date")?, status: row.text("status")? })
}

fn change(row: &RowView<'_>) -> Option<Change> {
    Some(Change {
        project: row.text("project_id")?,
        date: row.date("date"),
        kind: row.text("kind")?,
        before: row.text("before"),
        after: row.text("after"),
        reason: row.text("reason"),
        source: row.text("source"),
    })
}

fn shared_section(row: &RowView<'_>) -> Option<SharedSection> {
    let share_percent = row.decimal("share_percent");
    Some(SharedSection { project: row.text("project_id")?, section: row.text("section_id")?, share_percent })
}

fn month(row: &RowView<'_>, rounds: &[Process], projects: &[Project], index: &ProjectIndex) -> Option<MonthAmounts> {
    let (year, project) = (row.year("fiscal_year")?, row.text("project_id"));
    let of_project = project.as_ref().and_then(|id| index.find(projects, id)).map(|project| project.currency);
    let stated = of_project.or_else(|| currency_of_round(rounds, year)).or_else(|| row.of_table()).or(row.fallback);
    let amounts = row.stages(stated)?;
    let Some(currency) = stated else {
        row.refuse(Code::CurrencyUnknown, "fiscal_year", "");
        return None;
    };
    let month = u8::try_from(row.integer("month")?).ok()?;
    Some(MonthAmounts { year, month, project, section: row.text("section_id"), currency, amounts })
}
