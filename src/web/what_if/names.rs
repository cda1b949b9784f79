//! What criteria and columns are called.

use super::desk::Desk;
use crate::allocation::Measure;
use crate::budget::{Criterion, Direction};
use crate::money::format::Language;

impl Desk {
    /// What a criterion is called: by the package, by our words for its column, or by the column's name; and that it counts the
    /// other way than that name says.
    pub fn criterion_name(&self, id: &str, measure: &Measure) -> String {
        let language = self.site.words().language();
        let year = self.ground_now().round.year;
        let package = self.package();
        let Measure::Figure { column, direction, .. } = measure else { return self.site.t("what-if.measure.equal") };
        let is_asked =
            |criterion: &&Criterion| criterion.year == year && criterion.id == id && criterion.measure == *column;
        let published = package.rule.iter().find(is_asked);
        let named = published.map(|criterion| match language {
            Language::En if !criterion.label_en.is_empty() => criterion.label_en.clone(),
            _ => criterion.label_es.clone(),
        });
        let name = named.filter(|name| !name.is_empty()).unwrap_or_else(|| self.column_title(column));
        let said = published.map_or(Direction::Direct, |criterion| criterion.direction);
        if said == *direction { name } else { self.site.fill("what-if.turned-round", &[("name", &name)]) }
    }

    /// What a column of the section figures is called at the beginning of a line.
    pub fn column_title(&self, column: &str) -> String {
        beginning(&self.column_name(column))
    }

    /// What a column of the section figures is called in a sentence.
    pub fn column_name(&self, column: &str) -> String {
        let (words, key) = (self.site.words(), format!("what-if.column.{column}"));
        if words.has(&key) { words.get(&key) } else { column.replace('_', " ") }
    }
}

/// A name as it stands at the beginning of a line.
fn beginning(name: &str) -> String {
    let mut rest = name.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}
