//! Whom an amount is divided by: the people of its places in its year.

use crate::budget::FiscalYear;
use crate::dataset::Package;
use crate::engine::{Filter, Key};

/// The values a cell has of some keys.
pub(super) type Known<'a> = [(Key, Option<&'a str>)];

/// The people of the places that a cell and the filter name, in the year they name; `None` where a part of them is not
/// published, for several years at once, and for neighbourhoods, whose people no package says.
pub(super) fn people(package: &Package, filter: &Filter, years: &[String], known: &Known<'_>) -> Option<i64> {
    let is_year = |key: &Key| matches!(key, Key::FiscalYear | Key::Round);
    let year = known.iter().find(|(key, _)| is_year(key)).map(|(_, value)| *value);
    let year = match (year, years) {
        (Some(year), _) => year?,
        (None, [year]) => year.as_str(),
        (None, _) => return None,
    };
    let year: FiscalYear = year.parse().ok()?;
    let named = |key: Key| {
        let own = known.iter().find(|(known, _)| *known == key).map(|(_, value)| vec![value.map(str::to_owned)]);
        own.or_else(|| filter.values(key).map(<[_]>::to_vec))
    };
    if named(Key::Neighbourhood).is_some() {
        return None;
    }
    let (sections, inner, outer) = (named(Key::Section), named(Key::Level2), named(Key::Level1));
    if sections.is_none() && inner.is_none() && outer.is_none() {
        return package.population(year, None);
    }
    if let Some(sections) = &sections
        && sections.iter().any(|section| !package.sections.iter().any(|known| Some(&known.id) == section.as_ref()))
    {
        return None;
    }
    let is_within = |wanted: &Option<Vec<Option<String>>>, value: &Option<String>| {
        wanted.as_ref().is_none_or(|wanted| wanted.contains(value))
    };
    let places = package.sections.iter().filter(|section| {
        is_within(&sections, &Some(section.id.clone()))
            && is_within(&inner, &section.level2)
            && is_within(&outer, &section.level1)
    });
    let mut sum = None;
    for place in places {
        sum = Some(sum.unwrap_or(0i64).checked_add(package.population(year, Some(&place.id))?)?);
    }
    sum
}
