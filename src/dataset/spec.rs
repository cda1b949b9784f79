//! The tables this project knows (DATASET.md): what each column means, whatever the descriptor says of it.

use self::Kind::{Amount, Boolean, Date, Integer, Percent, Text, Year};
use crate::budget::{Change, Crossing, Feasibility, Scope};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    /// Money, in the currency of its row.
    Amount,
    Percent,
    Integer,
    Year,
    Date,
    Boolean,
}

/// A column of a known table.
#[derive(Debug, Clone, Copy)]
pub(super) struct ColumnSpec {
    pub name: &'static str,
    /// The Fiscal Data Package `columnType` that marks it when it goes by another name; empty where none fits.
    pub column_type: &'static str,
    pub kind: Kind,
    pub required: bool,
    /// The table whose key it names; empty where none.
    pub refers_to: &'static str,
    /// The words it may hold, whatever the schema says; empty where free.
    pub one_of: &'static [&'static str],
    /// The least and the greatest number it may hold, whatever the schema says.
    pub within: Option<(i64, i64)>,
}

/// A known table.
#[derive(Debug, Clone, Copy)]
pub(super) struct TableSpec {
    pub name: &'static str,
    pub key: &'static [&'static str],
    pub columns: &'static [ColumnSpec],
}

const fn col(name: &'static str, kind: Kind) -> ColumnSpec {
    ColumnSpec { name, column_type: "", kind, required: false, refers_to: "", one_of: &[], within: None }
}

const fn must(name: &'static str, kind: Kind) -> ColumnSpec {
    ColumnSpec { required: true, ..col(name, kind) }
}

impl ColumnSpec {
    const fn typed(self, column_type: &'static str) -> Self {
        Self { column_type, ..self }
    }

    const fn to(self, refers_to: &'static str) -> Self {
        Self { refers_to, ..self }
    }

    const fn one_of(self, one_of: &'static [&'static str]) -> Self {
        Self { one_of, ..self }
    }

    const fn within(self, least: i64, greatest: i64) -> Self {
        Self { within: Some((least, greatest)), ..self }
    }
}

const YEAR: ColumnSpec = must("fiscal_year", Year).typed("date:fiscal-year");
const SECTION: ColumnSpec = col("section_id", Text).typed("geo:target:level2:code").to("sections");
const SOURCE: ColumnSpec = col("source", Text);
const PIA: ColumnSpec = col("pia", Amount);
const PIM: ColumnSpec = col("pim", Amount);
const CERTIFIED: ColumnSpec = col("certificado", Amount);
const COMMITTED: ColumnSpec = col("compromiso_anual", Amount);
const MONTHLY_COMMITTED: ColumnSpec = col("compromiso_mensual", Amount);
const ACCRUED: ColumnSpec = col("devengado", Amount);
const PAID: ColumnSpec = col("girado", Amount);
/// Who secures money, in `financing.csv`.
pub(super) const FINANCING_SOURCES: &[&str] =
    &["municipality", "community", "other_government", "ngo", "private", "donor"];

/// As what it is given, in `financing.csv`; others are free words of the publisher.
pub(super) const FINANCING_FORMS: &[&str] = &["cash", "labour", "materials", "land", "other"];

/// The known tables; any other resource is checked by its schema alone.
pub(super) const TABLES: &[TableSpec] = &[
    TableSpec {
        name: "sections",
        key: &["section_id"],
        columns: &[
            must("section_id", Text).typed("geo:target:level2:code"),
            must("name", Text).typed("geo:target:level2:title"),
            col("level1", Text),
            col("level2", Text),
            SOURCE,
        ],
    },
    TableSpec {
        name: "neighbourhoods",
        key: &["neighbourhood_id"],
        columns: &[must("neighbourhood_id", Text), SECTION, must("name", Text), SOURCE],
    },
    TableSpec {
        name: "dimensions",
        key: &["dimension_id"],
        columns: &[
            must("dimension_id", Text),
            must("label_es", Text),
            col("label_en", Text),
            col("sort_order", Integer),
            col("order", Integer),
        ],
    },
    TableSpec {
        name: "statuses",
        key: &["status_id"],
        columns: &[
            must("status_id", Text),
            must("label_es", Text),
            col("label_en", Text),
            col("sort_order", Integer),
            col("order", Integer),
            col("oc4ids_status", Text),
            col("is_open", Boolean),
        ],
    },
    TableSpec {
        name: "section_figures",
        key: &["fiscal_year", "section_id"],
        columns: &[
            YEAR,
            ColumnSpec { required: true, ..SECTION },
            col("population", Integer),
            col("people_without_basic_services", Integer),
            col("households", Integer),
            col("households_up_to_date_with_tax", Integer),
            SOURCE,
        ],
    },
    TableSpec {
        name: "processes",
        key: &["fiscal_year"],
        columns: &[
            YEAR,
            col("currency", Text).typed("value-currency:code"),
            col("investment_budget", Amount),
            col("participatory_fund", Amount),
            col("district_reserve", Amount),
            col("district_reserve_currency", Text),
            col("reported_share_percent", Percent),
            col("community_match_percent", Percent),
            col("closed_on", Date),
            SOURCE,
        ],
    },
    TableSpec {
        name: "allocation_rule",
        key: &["fiscal_year", "criterion_id"],
        columns: &[
            YEAR,
            must("criterion_id", Text),
            col("label_es", Text),
            col("label_en", Text),
            must("measure", Text),
            col("form", Text).one_of(&["count", "rate"]),
            col("direction", Text).one_of(&["direct", "inverse"]),
            col("base", Text),
            must("weight_percent", Percent),
        ],
    },
    TableSpec {
        name: "allocations",
        key: &["fiscal_year", "section_id"],
        columns: &[YEAR, ColumnSpec { required: true, ..SECTION }, must("amount", Amount).typed("value"), SOURCE],
    },
    TableSpec {
        name: "projects",
        key: &["project_id"],
        columns: &[
            must("project_id", Text).typed("activity:generic:project:code"),
            YEAR,
            must("title", Text).typed("activity:generic:project:label"),
            SECTION,
            col("neighbourhood_id", Text).to("neighbourhoods"),
            col("scope", Text).one_of(&Scope::NAMES),
            col("dimension_id", Text).to("dimensions"),
            col("objective_id", Text).to("objectives"),
            col("function_code", Text).typed("functional-classification:generic:level1:code"),
            col("cofog_division", Text).typed("functional-classification:cofog:division:code"),
            col("cui", Text),
            col("snip", Text),
            col("status", Text).to("statuses"),
            col("status_date", Date),
            col("cost_estimate", Amount),
            col("technical_design_cost", Amount),
            col("currency", Text),
            col("agreed_amount", Amount),
            col("agreed_on", Date),
            col("act_document_url", Text),
            col("feasibility", Text).one_of(&Feasibility::NAMES),
            col("votes", Integer),
            col("priority_rank", Integer),
            col("beneficiaries", Integer),
            col("planned_end", Date),
            col("actual_start", Date),
            col("actual_end", Date),
            col("physical_progress_percent", Percent).within(0, 100),
            col("location", Text),
            SOURCE,
        ],
    },
    TableSpec {
        name: "financing",
        key: &["financing_id"],
        columns: &[
            must("financing_id", Text),
            must("project_id", Text).to("projects"),
            must("source", Text).one_of(FINANCING_SOURCES),
            col("form", Text),
            must("amount", Amount),
        ],
    },
    TableSpec {
        name: "budget",
        key: &["budget_line_id"],
        columns: &[
            must("budget_line_id", Text).typed("budget-line-id"),
            YEAR,
            col("project_id", Text).typed("activity:generic:project:code").to("projects"),
            SECTION,
            col("financing_source_code", Text).typed("fin-source:generic:code"),
            PIA,
            PIM,
            CERTIFIED,
            COMMITTED,
            MONTHLY_COMMITTED,
            ACCRUED,
            PAID,
            col("as_of", Date),
            SOURCE,
        ],
    },
    TableSpec {
        name: "official_totals",
        key: &["fiscal_year"],
        columns: &[
            YEAR,
            PIA,
            PIM,
            CERTIFIED,
            COMMITTED,
            MONTHLY_COMMITTED,
            ACCRUED,
            PAID,
            col("as_of", Date),
            col("months_covered", Integer).within(1, 12),
            SOURCE,
        ],
    },
    TableSpec {
        name: "objectives",
        key: &["objective_id"],
        columns: &[
            must("objective_id", Text),
            col("dimension_id", Text).to("dimensions"),
            must("title", Text),
            col("parent", Text).to("objectives"),
            SOURCE,
        ],
    },
    TableSpec {
        name: "status_history",
        key: &["project_id", "date"],
        columns: &[
            must("project_id", Text).typed("activity:generic:project:code").to("projects"),
            must("date", Date),
            must("status", Text).to("statuses"),
            SOURCE,
        ],
    },
    TableSpec {
        name: "changes",
        key: &[],
        columns: &[
            must("project_id", Text).typed("activity:generic:project:code").to("projects"),
            col("date", Date),
            must("kind", Text).one_of(&Change::KINDS),
            col("before", Text),
            col("after", Text),
            col("reason", Text),
            SOURCE,
        ],
    },
    TableSpec {
        name: "project_sections",
        key: &["project_id", "section_id"],
        columns: &[
            must("project_id", Text).typed("activity:generic:project:code").to("projects"),
            ColumnSpec { required: true, ..SECTION },
            col("share_percent", Percent).within(0, 100),
            SOURCE,
        ],
    },
    TableSpec {
        name: "execution_months",
        key: &[],
        columns: &[
            YEAR,
            must("month", Integer).within(1, 12),
            col("project_id", Text).typed("activity:generic:project:code").to("projects"),
            SECTION,
            CERTIFIED,
            COMMITTED,
            MONTHLY_COMMITTED,
            ACCRUED,
            PAID,
            SOURCE,
        ],
    },
    TableSpec {
        name: "price_index",
        key: &["year"],
        columns: &[must("year", Year), must("index", Percent), col("base", Text), col("series", Text)],
    },
    TableSpec {
        name: "crosswalk",
        key: &["table", "from_id", "from_year", "to_id", "to_year"],
        columns: &[
            must("table", Text).one_of(&Crossing::TABLES),
            must("from_id", Text),
            must("from_year", Year),
            must("to_id", Text),
            must("to_year", Year),
            col("share_percent", Percent).within(0, 100),
            col("comparable", Boolean),
            SOURCE,
        ],
    },
    TableSpec {
        name: "milestones",
        key: &["fiscal_year", "milestone_id"],
        columns: &[
            YEAR,
            must("milestone_id", Text),
            col("phase", Text),
            col("planned_date", Date),
            col("actual_date", Date),
            col("announced_date", Date),
        ],
    },
    TableSpec {
        name: "controls",
        key: &["control_id"],
        columns: &[
            must("control_id", Text),
            must("resource", Text),
            must("field", Text),
            col("filter", Text),
            must("expected", Percent),
            SOURCE,
        ],
    },
];

/// The known table of a name.
pub(super) fn table(name: &str) -> Option<&'static TableSpec> {
    TABLES.iter().find(|table| table.name == name)
}
