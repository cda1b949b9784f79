//! From tables of values to the domain's types, with every amount in the currency of its row.

use rust_decimal::Decimal;

use super::descriptor::Descriptor;
use super::facts::{facts, find, index};
use super::package::Package;
use super::problem::{Code, Problem};
use super::report::Report;
use super::table::{DataRow, TableData};
use super::value::Value;
use crate::budget::{
    Allocation, BudgetLine, Criterion, Date, Dimension, Direction, Financing, FiscalYear, Neighbourhood, OfficialTotal,
    Process, Project, Scope, Section, SectionFigures, Stage, StageAmounts, Status,
};
use crate::money::{Currency, Money};

/// Builds the package, setting aside rows whose amounts do not fit their currency.
pub(super) fn extract(descriptor: Descriptor, tables: &mut [TableData], report: &mut Report) -> Package {
    let mut package = Package { descriptor, ..Package::default() };
    let mut extractor = Extractor { tables, report, fallback: None };
    package.sections =
        extractor.rows("sections", |row| Some(Section { id: row.text("section_id")?, name: row.text("name")? }));
    package.neighbourhoods = extractor.rows("neighbourhoods", |row| {
        let section = row.text("section_id").unwrap_or_default();
        Some(Neighbourhood { id: row.text("neighbourhood_id")?, section, name: row.text("name")? })
    });
    package.dimensions = extractor.ordered("dimensions", |row| {
        let label_en = row.text("label_en").unwrap_or_default();
        Some(Dimension { id: row.text("dimension_id")?, label_es: row.text("label_es")?, label_en })
    });
    package.statuses = extractor.ordered("statuses", status);
    package.figures = extractor.rows("section_figures", figures);
    package.processes = extractor.rows("processes", process);
    package.processes = in_order(package.processes, |process| i64::from(process.year.number()));
    extractor.fallback = extractor.stated_currency(&package);
    let rounds = std::mem::take(&mut package.processes);
    let of_round = |year: FiscalYear| rounds.iter().find(|round| round.year == year).map(|round| round.currency);
    package.rule = extractor.rows("allocation_rule", criterion);
    package.allocations = extractor.rows("allocations", |row| {
        let year = row.year("fiscal_year")?;
        let amount = row.money("amount", of_round(year))?;
        Some(Allocation { year, section: row.text("section_id")?, amount: amount? })
    });
    package.projects = extractor.rows("projects", |row| project(row, &of_round));
    let by_id = index(&package.projects);
    let of_project = |id: &str| find(&package.projects, &by_id, id).map(|project| project.currency);
    package.financing = extractor.rows("financing", |row| {
        let project = row.text("project_id")?;
        let amount = row.money("amount", of_project(&project))??;
        Some(Financing { id: row.text("financing_id")?, source: row.text("source")?, amount, project })
    });
    package.lines = extractor.rows("budget", |row| line(row, &of_round, &of_project));
    package.official_totals = extractor.rows("official_totals", official_total);
    package.official_totals = in_order(package.official_totals, |total| i64::from(total.year.number()));
    package.processes = rounds;
    package.facts = facts(&package);
    package
}

/// Rows by a number each has; equal ones as they stood. The sorting itself is written once for all kinds of rows.
fn in_order<T>(rows: Vec<T>, number: impl Fn(&T) -> i64) -> Vec<T> {
    let mut places: Vec<(i64, usize)> = rows.iter().enumerate().map(|(place, row)| (number(row), place)).collect();
    places.sort_unstable();
    let mut rows: Vec<Option<T>> = rows.into_iter().map(Some).collect();
    places.into_iter().filter_map(|(_, place)| rows.get_mut(place)?.take()).collect()
}

struct Extractor<'a> {
    tables: &'a mut [TableData],
    report: &'a mut Report,
    /// The currency of amounts whose row and round name none.
    fallback: Option<Currency>,
}

/// A row on its way out of its table. A method that finds the row unusable says so in `problems`.
struct RowView<'a> {
    table: &'a TableData,
    row: &'a DataRow,
    fallback: Option<Currency>,
    problems: std::cell::RefCell<Vec<Problem>>,
}

impl Extractor<'_> {
    /// Rows of a table as values. A row that `build` refuses is set aside; its reasons are reported.
    fn rows<T>(&mut self, name: &str, build: impl Fn(&RowView<'_>) -> Option<T>) -> Vec<T> {
        let Some(table) = self.tables.iter_mut().find(|table| table.name == name) else { return Vec::new() };
        let mut built = Vec::with_capacity(table.rows.len());
        let mut refused = Vec::new();
        for row in &table.rows {
            let view = RowView { table, row, fallback: self.fallback, problems: std::cell::RefCell::default() };
            let value = build(&view);
            let problems = view.problems.into_inner();
            match value {
                Some(value) if problems.is_empty() => built.push(value),
                _ => refused.push(row.row),
            }
            problems.into_iter().for_each(|problem| self.report.add(problem));
        }
        table.set_aside(|row| refused.binary_search(&row.row).is_ok());
        built
    }

    /// Rows of a code list, by its `sort_order` (or `order`) where it has one.
    fn ordered<T>(&mut self, name: &str, build: impl Fn(&RowView<'_>) -> Option<T>) -> Vec<T> {
        let rows = self.rows(name, |row| {
            let order = row.integer("sort_order").or_else(|| row.integer("order")).unwrap_or(i64::MAX);
            Some((order, build(row)?))
        });
        in_order(rows, |(order, _)| *order).into_iter().map(|(_, value)| value).collect()
    }

    /// The currency that the package as a whole states: its rounds', its budget's constant, or its country's.
    fn stated_currency(&mut self, package: &Package) -> Option<Currency> {
        let of_rounds = package.processes.last().map(|process| process.currency);
        let constant = || self.tables.iter().find_map(|table| table.currency.as_ref()?.parse().ok());
        let of_country = || match package.descriptor.country.as_str() {
            "PE" => Some(Currency::PEN),
            _ => None,
        };
        of_rounds.or_else(constant).or_else(of_country)
    }
}

impl RowView<'_> {
    fn value(&self, column: &str) -> &Value {
        self.table.value(self.row, column)
    }

    fn text(&self, column: &str) -> Option<String> {
        self.value(column).key()
    }

    fn year(&self, column: &str) -> Option<FiscalYear> {
        match self.value(column) {
            Value::Year(year) => Some(*year),
            _ => None,
        }
    }

    fn date(&self, column: &str) -> Option<Date> {
        match self.value(column) {
            Value::Date(date) => Some(*date),
            _ => None,
        }
    }

    fn integer(&self, column: &str) -> Option<i64> {
        match self.value(column) {
            Value::Integer(integer) => Some(*integer),
            _ => None,
        }
    }

    fn decimal(&self, column: &str) -> Option<Decimal> {
        match self.value(column) {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// A currency column: `Some(None)` where blank, `None` (and a problem) where it is no currency.
    fn currency(&self, column: &str) -> Option<Option<Currency>> {
        let Some(code) = self.text(column) else { return Some(None) };
        match code.parse() {
            Ok(currency) => Some(Some(currency)),
            Err(_not_a_currency) => {
                self.refuse(Code::CurrencyFormat, column, &code, &[]);
                None
            }
        }
    }

    /// An amount: `Some(None)` where not published, `None` (and a problem) where it does not fit its currency.
    fn money(&self, column: &str, currency: Option<Currency>) -> Option<Option<Money>> {
        let Some(amount) = self.decimal(column) else { return Some(None) };
        let Some(currency) = currency.or(self.fallback) else {
            self.refuse(Code::CurrencyUnknown, column, &amount.to_string(), &[]);
            return None;
        };
        let exponent = u32::from(currency.exponent());
        if amount.scale() > exponent {
            let decimals = [("allowed", currency.exponent().to_string()), ("currency", currency.to_string())];
            self.refuse(Code::NumberDecimals, column, &amount.to_string(), &decimals);
            return None;
        }
        let minor = amount.mantissa().checked_mul(10i128.pow(exponent - amount.scale()));
        match minor.and_then(|minor| i64::try_from(minor).ok()) {
            Some(minor) => Some(Some(Money::new(minor, currency))),
            None => {
                self.refuse(Code::NumberRange, column, &amount.to_string(), &[]);
                None
            }
        }
    }

    fn stages(&self, currency: Option<Currency>) -> Option<StageAmounts> {
        let mut amounts = StageAmounts::default();
        for (slot, stage) in amounts.minor.iter_mut().zip(Stage::OF_A_LINE) {
            *slot = self.money(stage.column(), currency)?.map(|money| money.minor);
        }
        Some(amounts)
    }

    fn refuse(&self, code: Code, column: &str, value: &str, args: &[(&'static str, String)]) {
        let label = self.table.label(column);
        let problem = Problem::new(code, &self.table.file).row(self.row.row).column(label).value(value);
        let problem = args.iter().fold(problem, |problem, (name, value)| problem.arg(name, value));
        self.problems.borrow_mut().push(problem);
    }
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
    let columns = row.table.columns.iter().filter(|column| column.kind == super::spec::Kind::Integer);
    let measures = columns.map(|column| (column.name.clone(), row.integer(&column.name))).collect();
    Some(SectionFigures { year: row.year("fiscal_year")?, section: row.text("section_id")?, measures })
}

fn process(row: &RowView<'_>) -> Option<Process> {
    let currency = row.currency("currency")?.or(row.fallback).or_else(|| row.table.currency.as_ref()?.parse().ok());
    let Some(currency) = currency else {
        row.refuse(Code::CurrencyUnknown, "currency", "", &[]);
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
        closing_is_published: row.table.column("closed_on").is_some(),
        source: row.text("source"),
    })
}

fn criterion(row: &RowView<'_>) -> Option<Criterion> {
    let inverse = row.text("direction").as_deref() == Some("inverse");
    Some(Criterion {
        year: row.year("fiscal_year")?,
        id: row.text("criterion_id")?,
        label_es: row.text("label_es").unwrap_or_default(),
        measure: row.text("measure")?,
        direction: if inverse { Direction::Inverse } else { Direction::Direct },
        weight_percent: row.decimal("weight_percent")?,
    })
}

fn project(row: &RowView<'_>, of_round: &dyn Fn(FiscalYear) -> Option<Currency>) -> Option<Project> {
    let round = row.year("fiscal_year")?;
    let stated = row.currency("currency")?.or(of_round(round)).or(row.fallback);
    let agreed = row.money("agreed_amount", stated)?;
    let cost = row.money("cost_estimate", stated)?;
    let Some(currency) = stated else {
        row.refuse(Code::CurrencyUnknown, "currency", "", &[]);
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
        function: row.text("function_code"),
        status: row.text("status"),
        currency,
        agreed,
        cost,
        agreed_on: row.date("agreed_on"),
        source: row.text("source"),
    })
}

fn line(
    row: &RowView<'_>,
    of_round: &dyn Fn(FiscalYear) -> Option<Currency>,
    of_project: &dyn Fn(&str) -> Option<Currency>,
) -> Option<BudgetLine> {
    let year = row.year("fiscal_year")?;
    let project = row.text("project_id");
    let of_project = project.as_deref().and_then(of_project);
    let of_table = row.table.currency.as_ref().and_then(|code| code.parse().ok());
    let stated = of_project.or(of_round(year)).or(of_table).or(row.fallback);
    let amounts = row.stages(stated)?;
    let Some(currency) = stated else {
        row.refuse(Code::CurrencyUnknown, "currency", "", &[]);
        return None;
    };
    Some(BudgetLine {
        id: row.text("budget_line_id")?,
        year,
        project,
        section: row.text("section_id"),
        financing_source: row.text("financing_source_code"),
        currency,
        amounts,
        as_of: row.date("as_of"),
        source: row.text("source"),
    })
}

fn official_total(row: &RowView<'_>) -> Option<OfficialTotal> {
    let of_table = row.table.currency.as_ref().and_then(|code| code.parse().ok());
    let stated = of_table.or(row.fallback);
    let amounts = row.stages(stated)?;
    let Some(currency) = stated else {
        row.refuse(Code::CurrencyUnknown, "fiscal_year", "", &[]);
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
