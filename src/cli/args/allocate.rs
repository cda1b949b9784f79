//! What was typed after `yupay allocate`.

use std::path::PathBuf;

use super::{Typed, as_text, unknown_value};
use crate::allocation::{Direction, Form, Weight};
use crate::budget::FiscalYear;
use crate::cli::Failure;
use crate::cli::command::{AllocateArgs, Command, RuleFrom, TypedFloor, TypedWeight};

impl Typed {
    pub(super) fn allocate(self) -> Result<Command, Failure> {
        let package = self.one_path("usage.one-package")?;
        let year = self.required("year")?;
        let year = as_text(&year.into_os_string())?;
        let year = year.parse::<FiscalYear>().map_err(|_no_year| Failure::said("usage.year", [("value", &year)]))?;
        let rule = match (self.once("rule")?, self.text("weights")?) {
            (Some(_), Some(_)) => return Err(together("rule", "weights")),
            (Some(path), None) => RuleFrom::File(PathBuf::from(path)),
            (None, Some(typed)) => RuleFrom::Weights(weights(&typed)?),
            (None, None) => RuleFrom::Official,
        };
        let floor = match (self.text("flat-floor")?, self.text("minimum")?) {
            (Some(_), Some(_)) => return Err(together("flat-floor", "minimum")),
            (Some(flat), None) => Some(TypedFloor::Flat(flat)),
            (None, Some(minimum)) => Some(TypedFloor::Minimum(minimum)),
            (None, None) => None,
        };
        let set_aside = self.text("set-aside")?.map(|typed| {
            typed
                .parse::<Weight>()
                .map_err(|_no_weight| Failure::said("usage.percent", [("option", "set-aside"), ("value", &typed)]))
        });
        Ok(Command::Allocate(AllocateArgs {
            package,
            year,
            rule,
            fund: self.text("fund")?,
            floor,
            cap: self.text("cap")?,
            set_aside: set_aside.transpose()?,
            format: self.answer_format()?,
        }))
    }
}

fn together(one: &str, other: &str) -> Failure {
    Failure::said("usage.together", [("option", one), ("other", other)])
}

/// `NAME[:inverse][:rate]=PERCENT,…`
fn weights(typed: &str) -> Result<Vec<TypedWeight>, Failure> {
    let weights: Vec<TypedWeight> = typed.split(',').map(weight).collect::<Result<_, _>>()?;
    for (at, weight) in weights.iter().enumerate() {
        if weights.iter().take(at).any(|earlier| earlier.name == weight.name) {
            return Err(Failure::said("usage.weight-twice", [("value", &weight.name)]));
        }
    }
    Ok(weights)
}

fn weight(typed: &str) -> Result<TypedWeight, Failure> {
    let unread = || Failure::said("usage.weight", [("value", typed)]);
    let (measure, percent) = typed.rsplit_once('=').ok_or_else(unread)?;
    let percent = percent.parse::<Weight>().map_err(|_no_weight| unread())?;
    let mut parts = measure.split(':');
    let name = parts.next().filter(|name| !name.is_empty()).ok_or_else(unread)?.to_owned();
    let (mut form, mut direction) = (None, None);
    for part in parts {
        match (Form::from_name(part), Direction::from_name(part)) {
            (Some(found), _) if form.is_none() => form = Some(found),
            (_, Some(found)) if direction.is_none() => direction = Some(found),
            _ => return Err(unknown_value("weights", part, "count, rate, direct, inverse")),
        }
    }
    Ok(TypedWeight { name, form, direction, weight: percent })
}
