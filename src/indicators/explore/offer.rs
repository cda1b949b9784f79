//! What a package can answer, and which table what it cannot would need.

use super::{Look, Measure, Picture};
use crate::budget::Stage;
use crate::dataset::Package;
use crate::engine::{Key, NO_VALUE};
use crate::indicators::{Per, Selection};

/// What the page can tell rows apart by, in the order it offers them.
const KEYS: [Key; 16] = [
    Key::Level1,
    Key::Level2,
    Key::Section,
    Key::Neighbourhood,
    Key::Dimension,
    Key::StrategicObjective,
    Key::Objective,
    Key::Status,
    Key::Round,
    Key::FiscalYear,
    Key::Function,
    Key::FinancingSource,
    Key::Contributor,
    Key::Form,
    Key::List,
    Key::Project,
];

/// A package with more sections than these opens with what they lie in.
const MANY_SECTIONS: usize = 100;

/// Something that cannot be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// Rows or columns by this key, for the stage chosen.
    Key(Key, Stage),
    /// Amounts of this stage.
    Stage(Stage),
    /// Amounts per person.
    People,
    /// Amounts in prices of one year.
    Prices,
}

/// Something a link asked for that is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// The package lacks it.
    Lacking(Lack),
    /// No key the page offers.
    Key(Key),
    /// Rows and columns are the same.
    Twice(Key),
    /// Prices of a year without an index.
    Year(crate::budget::FiscalYear),
    /// A picture of parts, for amounts that make up no whole: per person, or parts of a row or column.
    Picture(Picture),
}

impl Lack {
    /// Files and columns that would hold it, as a publisher knows them.
    pub fn needs(self) -> &'static str {
        match self {
            Self::Key(key, _) => match key {
                Key::Level1 => "sections.csv: level1_name",
                Key::Level2 => "sections.csv: level2_name",
                Key::Section => "sections.csv, projects.csv: section_id",
                Key::Neighbourhood => "neighbourhoods.csv, projects.csv: neighbourhood_id",
                Key::Dimension => "dimensions.csv, projects.csv: dimension_id",
                Key::StrategicObjective | Key::Objective => "objectives.csv, projects.csv: objective_id",
                Key::Status => "statuses.csv, projects.csv: status",
                Key::Round => "projects.csv: fiscal_year",
                Key::FiscalYear => "budget.csv: fiscal_year",
                Key::Function => "projects.csv: function_code",
                Key::FinancingSource => "budget.csv: financing_source_code",
                Key::Contributor => "financing.csv: source",
                Key::Form => "financing.csv: form",
                Key::List => "projects.csv: agreed_amount, agreed_on",
                Key::Scope => "projects.csv: scope",
                Key::Source => "source",
                Key::Project => "projects.csv",
                Key::Currency => "projects.csv: currency",
            },
            Self::Stage(stage) => match stage {
                Stage::Agreed => "projects.csv: agreed_amount",
                Stage::Pia => "budget.csv: pia",
                Stage::Pim => "budget.csv: pim",
                Stage::Certified => "budget.csv: certificado",
                Stage::Committed => "budget.csv: compromiso_anual",
                Stage::MonthlyCommitted => "budget.csv: compromiso_mensual",
                Stage::Accrued => "budget.csv: devengado",
                Stage::Paid => "budget.csv: girado",
                Stage::Secured => "financing.csv: amount",
            },
            Self::People => "section_figures.csv: population",
            Self::Prices => "price_index.csv: year, index",
        }
    }
}

/// Whether rows of a stage can be told apart by a key.
fn has(package: &Package, key: Key, stage: Stage) -> bool {
    let holding = package.facts.holding(stage);
    let columns = [holding.cube.as_ref().map(|cube| cube.cells()), holding.rows.as_ref()];
    let mut is_open = false;
    for table in columns.into_iter().flatten() {
        match table.column(key) {
            Some(codes) => return codes.greatest() > NO_VALUE,
            // A cube leaves out what would make it large, whose values come with the rows; a table of rows, what no row has.
            None => is_open = holding.rows.is_none(),
        }
    }
    is_open
}

/// The keys that rows of a stage can be told apart by.
pub fn keys_offered(package: &Package, stage: Stage) -> Vec<Key> {
    KEYS.into_iter().filter(|&key| has(package, key, stage)).collect()
}

/// The stages of which any amount is published.
pub fn stages_offered(package: &Package) -> Vec<Stage> {
    Stage::ALL.into_iter().filter(|&stage| package.facts.has(stage)).collect()
}

/// What the page could show of a package with more tables.
pub fn lacks(package: &Package, stage: Stage) -> Vec<Lack> {
    let keys = KEYS.into_iter().filter(|&key| !has(package, key, stage)).map(|key| Lack::Key(key, stage));
    let stages = Stage::ALL.into_iter().filter(|&stage| !package.facts.has(stage)).map(Lack::Stage);
    let people = (!package.has_population()).then_some(Lack::People);
    let prices = crate::indicators::base_years(package).is_empty().then_some(Lack::Prices);
    keys.chain(stages).chain(people).chain(prices).collect()
}

/// What is shown of what a link asks for: the rest gives way to what comes nearest, and is named.
pub fn settled(package: &Package, selection: &Selection, look: &Look) -> (Selection, Look, Vec<Refused>) {
    let (mut selection, mut look, mut refused) = (selection.clone(), look.clone(), Vec::new());
    let stages = stages_offered(package);
    if !stages.contains(&selection.stage) {
        if selection.stage != Selection::default().stage {
            refused.push(Refused::Lacking(Lack::Stage(selection.stage)));
        }
        let usual = [Selection::default().stage].into_iter().chain(stages.iter().copied());
        selection.stage = usual.into_iter().find(|stage| stages.contains(stage)).unwrap_or(selection.stage);
    }
    if selection.per == Per::Person && !package.has_population() {
        refused.push(Refused::Lacking(Lack::People));
        selection.per = Per::Total;
    }
    let bases = crate::indicators::base_years(package);
    if let Some(year) = look.real.filter(|year| !bases.contains(year)) {
        refused.push(if bases.is_empty() { Refused::Lacking(Lack::Prices) } else { Refused::Year(year) });
        look.real = None;
    }
    let offered = keys_offered(package, selection.stage);
    let stage = selection.stage;
    let mut answerable = |key: Key| {
        let is_offered = offered.contains(&key);
        if !is_offered {
            let is_known = KEYS.contains(&key);
            refused.push(if is_known { Refused::Lacking(Lack::Key(key, stage)) } else { Refused::Key(key) });
        }
        is_offered
    };
    let asked_rows = look.rows.filter(|key| answerable(*key));
    let asked_columns = look.columns.map(|columns| columns.filter(|key| answerable(*key)));
    let usual = [Key::Level1, Key::Section, Key::Dimension, Key::Status, Key::Round, Key::FiscalYear, Key::Project];
    // Thousands of places are read from the outermost in; some dozens are what people ask for.
    let is_wide = package.sections.len() > MANY_SECTIONS;
    let first = |taken: Option<Key>| {
        let is_free =
            |key: &Key| offered.contains(key) && taken != Some(*key) && selection.filter.values(*key).is_none();
        usual.into_iter().filter(|key| is_wide || *key != Key::Level1).find(is_free)
    };
    let rows = asked_rows.or_else(|| first(asked_columns.flatten())).unwrap_or(Key::Round);
    let columns = match asked_columns {
        Some(Some(columns)) if columns == rows => {
            refused.push(Refused::Twice(columns));
            None
        }
        Some(columns) => columns,
        // What most packages can show, and what says most.
        None => Some(Key::Dimension)
            .filter(|key| offered.contains(key) && *key != rows && selection.filter.values(*key).is_none()),
    };
    (look.rows, look.columns) = (Some(rows), Some(columns));
    let is_whole = selection.per == Per::Total || look.measure == Measure::Count || look.share.is_some();
    if !is_whole && matches!(look.picture, Picture::Treemap | Picture::Stacked) {
        // Nobody chose the usual picture.
        if look.picture != Picture::default() {
            refused.push(Refused::Picture(look.picture));
        }
        look.picture = Picture::Bars;
    }
    (selection, look, refused)
}

/// The fiscal or round years of a link that a package has no rows of.
pub fn unknown_year(package: &Package, selection: &Selection) -> Option<String> {
    let known = package.facts.values(selection.basis.key());
    match &selection.year {
        crate::indicators::YearChoice::One(year) if !known.contains(&year.as_str()) => Some(year.clone()),
        _ => None,
    }
}
