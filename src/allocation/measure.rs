//! What a criterion counts in each section, read out of the figures; blank is never read as zero.

use std::sync::Arc;

use super::share::{Part, Total};
use super::{Inputs, Measure, RuleCriterion, RuleError, Weight, base_of};
use crate::budget::{Direction, Form};

/// What a criterion counts in one section, as published: for words such as "4,640 of 14,500 households".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    /// The figure of the measure's column; `None` where every section counts alike.
    pub published: Option<i64>,
    /// What is counted: the figure, or what it leaves of its base; 1 where every section counts alike.
    pub counted: i64,
    /// The figure of the base, where the measure needs one.
    pub base: Option<i64>,
}

/// A criterion with what it counts in every section, in section order.
#[derive(Debug)]
pub(super) struct Spread {
    pub criterion: String,
    pub weight: Weight,
    pub measured: Vec<Measured>,
    pub parts: Vec<Part>,
    pub total: Arc<Total>,
}

impl Spread {
    /// Reads a criterion's figures.
    pub fn read(criterion: &RuleCriterion, inputs: &Inputs) -> Result<Self, RuleError> {
        let (measured, parts) = match &criterion.measure {
            Measure::Equal => {
                let alike = Measured { published: None, counted: 1, base: None };
                let sections = inputs.sections.len();
                (vec![alike; sections], vec![Part { numerator: 1, denominator: 1 }; sections])
            }
            Measure::Figure { column, form, direction, base } => {
                let reader = Reader { criterion: &criterion.id, column, form: *form, direction: *direction };
                let measured = reader.measured(base.as_deref(), inputs)?;
                let parts = measured.iter().map(|measured| reader.part(measured)).collect();
                (measured, parts)
            }
        };
        let total = Total::new(parts.iter().copied());
        if let (Measure::Figure { column, .. }, true) = (&criterion.measure, total.is_zero()) {
            return Err(RuleError::AllZero { criterion: criterion.id.clone(), column: column.clone() });
        }
        let total = Arc::new(total);
        Ok(Self { criterion: criterion.id.clone(), weight: criterion.weight, measured, parts, total })
    }
}

/// A figure measure on its way out of the columns.
struct Reader<'a> {
    criterion: &'a str,
    column: &'a str,
    form: Form,
    direction: Direction,
}

impl Reader<'_> {
    fn measured(&self, base: Option<&str>, inputs: &Inputs) -> Result<Vec<Measured>, RuleError> {
        let figures = self.figures(self.column, inputs)?;
        if self.form == Form::Count && self.direction == Direction::Direct {
            let plain = |&figure: &i64| Measured { published: Some(figure), counted: figure, base: None };
            return Ok(figures.iter().map(plain).collect());
        }
        let base = base.or_else(|| base_of(self.column)).ok_or_else(|| RuleError::BaseNeeded {
            criterion: self.criterion.to_owned(),
            column: self.column.to_owned(),
        })?;
        let bases = self.figures(base, inputs)?;
        let pairs = inputs.sections.iter().zip(figures.into_iter().zip(bases));
        pairs.map(|(section, (figure, of))| self.of_base(section, figure, base, of)).collect()
    }

    /// A column's figures, one for every section.
    fn figures(&self, column: &str, inputs: &Inputs) -> Result<Vec<i64>, RuleError> {
        let criterion = || self.criterion.to_owned();
        let figures = inputs
            .column(column)
            .ok_or_else(|| RuleError::ColumnMissing { criterion: criterion(), column: column.to_owned() })?;
        let cell = |(at, section): (usize, &String)| {
            let (section, column) = (section.clone(), column.to_owned());
            match figures.get(at).copied().flatten() {
                None => Err(RuleError::CellMissing { criterion: criterion(), section, column }),
                Some(value) if value < 0 => Err(RuleError::Negative { criterion: criterion(), section, column, value }),
                Some(value) => Ok(value),
            }
        };
        inputs.sections.iter().enumerate().map(cell).collect()
    }

    /// A figure as a part of its base.
    fn of_base(&self, section: &str, figure: i64, base: &str, of: i64) -> Result<Measured, RuleError> {
        if of == 0 && self.form == Form::Rate {
            let (criterion, section, base) = (self.criterion.to_owned(), section.to_owned(), base.to_owned());
            return Err(RuleError::BaseZero { criterion, section, base });
        }
        if figure > of {
            return Err(RuleError::AboveBase {
                criterion: self.criterion.to_owned(),
                section: section.to_owned(),
                column: self.column.to_owned(),
                value: figure,
                base: base.to_owned(),
                of,
            });
        }
        let counted = if self.direction == Direction::Inverse { of - figure } else { figure };
        Ok(Measured { published: Some(figure), counted, base: Some(of) })
    }

    /// What is weighed. Figures below zero have been refused.
    fn part(&self, measured: &Measured) -> Part {
        let base = measured.base.filter(|_| self.form == Form::Rate).unwrap_or(1);
        Part::new(measured.counted.unsigned_abs(), base.unsigned_abs())
    }
}
