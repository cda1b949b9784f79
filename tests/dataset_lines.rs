//! Budget lines against the rules written again, a line at a time: which currency a line is in, whether its amounts fit,
//! what it has from its project, and what is said of its ladder of stages.
#![allow(clippy::unwrap_used, reason = "a package this test wrote itself")]

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::select;
use rust_decimal::Decimal;
use serde_json::json;
use yupay::budget::Stage;
use yupay::dataset::{Code, DISTRICT, FileContent, Package, Report, load};
use yupay::engine::Key;

#[derive(Debug, Clone)]
struct Project {
    round: &'static str,
    currency: &'static str,
    section: &'static str,
    scope: &'static str,
    dimension: &'static str,
}

#[derive(Debug, Clone)]
struct Line {
    year: &'static str,
    /// `None` for money outside the list; one past the end is a project that no row has.
    project: Option<usize>,
    section: &'static str,
    source: &'static str,
    /// As they are written, by [`Stage::OF_A_LINE`]; empty where not published.
    amounts: [String; 7],
}

#[derive(Debug, Clone)]
struct Drawn {
    /// Years of the rounds and their currencies.
    rounds: Vec<(&'static str, &'static str)>,
    projects: Vec<Project>,
    lines: Vec<Line>,
    /// The currency stated once for the budget.
    constant: Option<&'static str>,
    is_peru: bool,
    /// Of [`Stage::OF_A_LINE`], those with a column.
    published: [bool; 7],
}

/// A problem as the rule finds it: code, row of the budget, column and value.
type Found = (Code, u32, &'static str, String);

const OF_LINES: [Code; 6] = [
    Code::CurrencyUnknown,
    Code::NumberDecimals,
    Code::NumberRange,
    Code::SectionDiffers,
    Code::StageOrder,
    Code::SpentWithoutBudget,
];

impl Drawn {
    fn load(&self) -> (Package, Report) {
        let mut budget = "budget_line_id,fiscal_year,project_id,section_id,source".to_owned();
        let published = |place: &usize| self.published[*place];
        let stages: Vec<usize> = (0..7).filter(published).collect();
        stages.iter().for_each(|&stage| budget += &format!(",{}", Stage::OF_A_LINE[stage].column()));
        for (id, line) in self.lines.iter().enumerate() {
            let project = line.project.map_or_else(String::new, |project| format!("P{project}"));
            budget += &format!("\nL{id},{},{project},{},{}", line.year, line.section, line.source);
            stages.iter().for_each(|&stage| budget += &format!(",{}", line.amounts[stage]));
        }
        let mut projects = "project_id,fiscal_year,title,section_id,scope,dimension_id,currency\n".to_owned();
        for (id, p) in self.projects.iter().enumerate() {
            projects += &format!("P{id},{},T{id},{},{},{},{}\n", p.round, p.section, p.scope, p.dimension, p.currency);
        }
        // A row that could not be split may be any project's: no line is blamed for naming one that is not there.
        projects += "cut short\n";
        let rounds = self.rounds.iter().map(|(year, currency)| format!("{year},{currency}\n"));
        let files = [
            ("processes", "fiscal_year,currency\n".to_owned() + &rounds.collect::<String>()),
            ("projects", projects),
            ("budget", budget),
        ];
        let constant = json!([{"columnType": "value-currency:code", "constant": self.constant}]);
        let resources = ["processes", "projects", "budget"].map(|name| {
            let extra = if name == "budget" && self.constant.is_some() { constant.clone() } else { json!([]) };
            json!({"name": name, "path": format!("{name}.csv"), "schema": {"extraFields": extra}})
        });
        let country = if self.is_peru { "PE" } else { "AR" };
        let descriptor = json!({"name": "drawn", "countryCode": country, "resources": resources});
        let files: BTreeMap<String, FileContent> = files
            .into_iter()
            .map(|(name, text)| (format!("{name}.csv"), FileContent::Bytes(text.into_bytes())))
            .collect();
        load(descriptor.to_string().as_bytes(), &files)
    }

    /// What is stated for the package as a whole.
    fn fallback(&self) -> Option<&'static str> {
        let of_rounds = self.rounds.iter().max_by_key(|(year, _)| *year).map(|(_, currency)| *currency);
        of_rounds.or(self.constant).or(self.is_peru.then_some("PEN"))
    }

    fn of_round(&self, year: &str) -> Option<&'static str> {
        self.rounds.iter().find(|(round, _)| *round == year).map(|(_, currency)| *currency)
    }

    fn currency_of(&self, project: &Project) -> Option<&'static str> {
        let own = Some(project.currency).filter(|code| !code.is_empty());
        own.or_else(|| self.of_round(project.round)).or_else(|| self.fallback())
    }

    /// A line's project, if it was kept: one of no currency was not.
    fn project(&self, line: &Line) -> Option<&Project> {
        self.projects.get(line.project?).filter(|project| self.currency_of(project).is_some())
    }

    fn currency(&self, line: &Line) -> Option<&'static str> {
        let of_project = self.project(line).and_then(|project| self.currency_of(project));
        of_project.or_else(|| self.of_round(line.year)).or(self.constant).or_else(|| self.fallback())
    }

    /// The amounts in minor units, or what is wrong with the first that is none.
    fn minor(&self, line: &Line) -> Result<[Option<i64>; 7], (Code, &'static str, String)> {
        let currency = self.currency(line);
        let mut minor = [None; 7];
        for (place, stage) in Stage::OF_A_LINE.into_iter().enumerate() {
            let written = &line.amounts[place];
            if written.is_empty() || !self.published[place] {
                continue;
            }
            let refused = |code| Err((code, stage.column(), written.clone()));
            let Some(currency) = currency else { return refused(Code::CurrencyUnknown) };
            let decimals = written.split_once('.').map_or(0, |(_, fraction)| fraction.len());
            if decimals > exponent(currency) {
                return refused(Code::NumberDecimals);
            }
            let zeros = "0".repeat(exponent(currency) - decimals);
            match (written.replace('.', "") + &zeros).parse() {
                Ok(amount) => minor[place] = Some(amount),
                Err(_too_large) => return refused(Code::NumberRange),
            }
        }
        if currency.is_none() { Err((Code::CurrencyUnknown, "currency", String::new())) } else { Ok(minor) }
    }

    /// What a line can be told apart by.
    fn keys(&self, line: &Line) -> BTreeMap<Key, String> {
        let project = self.project(line);
        let section_of = |project: &Project| match (project.section, project.scope) {
            ("", "district") => DISTRICT,
            (section, _) => section,
        };
        let own_section = Some(line.section).filter(|section| !section.is_empty());
        let section = own_section.or_else(|| project.map(section_of));
        let keys = [
            (Key::FiscalYear, Some(line.year.to_owned())),
            (Key::Round, project.map(|project| project.round.to_owned())),
            (Key::Project, line.project.map(|project| format!("P{project}"))),
            (Key::Section, section.map(str::to_owned)),
            (Key::Dimension, project.map(|project| project.dimension.to_owned())),
            (Key::Scope, project.map(|project| project.scope.to_owned())),
            (Key::Source, Some(line.source.to_owned())),
            (Key::Currency, self.currency(line).map(str::to_owned)),
        ];
        keys.into_iter().filter_map(|(key, value)| Some((key, value.filter(|v| !v.is_empty())?))).collect()
    }

    /// What is said of the lines, in the order it is said.
    fn problems(&self) -> Vec<Found> {
        let (mut refused, mut sections, mut ladders, mut unbudgeted) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (row, line) in (2u32..).zip(&self.lines) {
            let minor = match self.minor(line) {
                Ok(minor) => minor,
                Err((code, column, value)) => {
                    refused.push((code, row, column, value));
                    continue;
                }
            };
            let expected = self.project(line).filter(|project| project.scope != "multi").map(|p| p.section);
            if expected.is_some_and(|section| !section.is_empty() && !["", section].contains(&line.section)) {
                sections.push((Code::SectionDiffers, row, "section_id", line.section.to_owned()));
            }
            let exponent = u32::try_from(exponent(self.currency(line).unwrap())).unwrap();
            let plain = |minor: i64| Decimal::new(minor, exponent).to_string();
            let [_, pim, .., accrued, _] = minor;
            let has_no_budget = pim == Some(0) && accrued > Some(0);
            // Commitments told month by month are no rung.
            let is_rung = |&place: &usize| minor[place].is_some() && Stage::OF_A_LINE[place] != Stage::MonthlyCommitted;
            let known: Vec<usize> = (1..7).filter(is_rung).collect();
            for pair in known.windows(2).filter(|pair| !(pair[0] == 1 && has_no_budget)) {
                if let Some(later) = minor[pair[1]].filter(|&later| Some(later) > minor[pair[0]]) {
                    ladders.push((Code::StageOrder, row, Stage::OF_A_LINE[pair[1]].column(), plain(later)));
                }
            }
            if has_no_budget {
                unbudgeted.push((Code::SpentWithoutBudget, row, "devengado", plain(accrued.unwrap())));
            }
        }
        [refused, sections, ladders, unbudgeted].concat()
    }
}

fn exponent(currency: &str) -> usize {
    match currency {
        "CLP" => 0,
        "KWD" => 3,
        _ => 2,
    }
}

fn check(drawn: &Drawn) {
    let (package, report) = drawn.load();
    let of_lines = report.problems.iter().filter(|p| p.file == "budget.csv" && OF_LINES.contains(&p.code));
    let found: Vec<(Code, u32, &str, String)> =
        of_lines.map(|p| (p.code, p.row.unwrap(), p.column.as_deref().unwrap(), p.value.clone().unwrap())).collect();
    assert_eq!(found, drawn.problems());
    let facts = &package.facts;
    let table = facts.table(Stage::Accrued).unwrap();
    let kept: Vec<&Line> = drawn.lines.iter().filter(|line| drawn.minor(line).is_ok()).collect();
    assert_eq!(table.len(), kept.len());
    for (row, line) in kept.into_iter().enumerate() {
        let value = |key: Key| Some((key, facts.dictionary(key)?.value(table.code(key, row))?.to_owned()));
        assert_eq!(Key::ALL.into_iter().filter_map(value).collect::<BTreeMap<_, _>>(), drawn.keys(line), "{line:?}");
        assert_eq!(Ok(Stage::OF_A_LINE.map(|stage| table.amount(stage, row))), drawn.minor(line), "{line:?}");
    }
}

fn amounts(decimals: &'static [usize]) -> impl Strategy<Value = [String; 7]> {
    let amount = (0i64..40, select(decimals), 0usize..20).prop_map(|(units, decimals, odd)| match odd {
        0..3 => String::new(),
        3 => {
            format!("92233720368547758{}", ".07".get(..decimals.min(2) + usize::from(decimals > 0)).unwrap_or_default())
        }
        _ if decimals == 0 => (units - 5).to_string(),
        _ => format!("{}.{:0>decimals$}", units - 5, 5).replace("-0.", "0."),
    });
    let again = || amount.clone();
    [again(), again(), again(), again(), again(), again(), amount.clone()]
}

const YEARS: [&str; 3] = ["2000", "2001", "2002"];
const SECTIONS: [&str; 3] = ["S1", "S2", ""];

fn drawn() -> impl Strategy<Value = Drawn> {
    let currencies = select(vec![vec!["PEN"], vec!["PEN", "USD"], vec!["PEN", "CLP", "KWD"], vec!["KWD"]]);
    let decimals = select(vec![&[2usize] as &[usize], &[2], &[0], &[0, 1, 2], &[0, 2, 3]]);
    (currencies, decimals)
        .prop_flat_map(|(currencies, decimals)| {
            let scope = select(vec!["section", "multi", "district", ""]);
            let own = select([currencies.clone(), vec![""]].concat());
            let project = (select(&YEARS[..]), own, select(&SECTIONS[..]), scope, select(vec!["human", ""]));
            let project = project.prop_map(|(round, currency, section, scope, dimension)| Project {
                round,
                currency,
                section,
                scope,
                dimension,
            });
            let line = (
                select(&YEARS[..]),
                proptest::option::of(0usize..7),
                select(&SECTIONS[..]),
                select(vec!["paper", "own"]),
                amounts(decimals),
            );
            let line = line.prop_map(|(year, project, section, source, amounts)| Line {
                year,
                project,
                section,
                source,
                amounts,
            });
            let round = select(currencies.clone());
            let rounds =
                [round.clone(), round].prop_map(|currencies| YEARS.into_iter().zip(currencies).collect::<Vec<_>>());
            (
                (rounds, 0usize..3),
                proptest::collection::vec(project, 0..6),
                proptest::collection::vec(line, 0..12),
                proptest::option::of(select(currencies)),
                any::<bool>(),
                prop_oneof![4 => proptest::array::uniform7(proptest::bool::weighted(0.9)), 1 => Just([false; 7])],
            )
        })
        .prop_map(|((mut rounds, years), projects, lines, constant, is_peru, published)| {
            rounds.truncate(years);
            Drawn { rounds, projects, lines, constant, is_peru, published }
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn lines_are_what_the_rules_make_of_them(drawn in drawn()) {
        check(&drawn);
    }
}

/// Lines of few projects, of hundreds, and each of its own.
#[test]
fn many_lines_too() {
    for (projects, lines) in [(3, 9_500), (700, 9_500), (66_000, 66_000)] {
        let project = |place: usize| Project {
            round: YEARS[place % 3],
            currency: ["", "USD"][place % 2],
            section: SECTIONS[place % 3],
            scope: ["section", "multi", "district"][place / 3 % 3],
            dimension: ["human", "urban"][place % 2],
        };
        let line = |place: usize| Line {
            year: YEARS[place / 5 % 3],
            project: Some(place * 7 % (projects + 1)),
            section: if place.is_multiple_of(500) { "S3" } else { "" },
            source: "paper",
            amounts: ["9.00", "9.00", "8.50", "8.00", "7.80", "7.25", if place % 9_000 == 8 { "7.123" } else { "" }]
                .map(str::to_owned),
        };
        let drawn = Drawn {
            rounds: vec![("2000", "PEN"), ("2001", "PEN")],
            projects: (0..projects).map(project).collect(),
            lines: (0..lines).map(line).collect(),
            constant: None,
            is_peru: true,
            published: [true; 7],
        };
        check(&drawn);
    }
}
