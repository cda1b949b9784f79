//! What is held after loading, and the kit's questions to it.

use yupay::budget::Stage;
use yupay::engine::{Codes, Facts, Filter, Fold, Key, Segments, Table, Texts, break_down, search, tally};

/// The kit's four breakdowns.
const KEYS: [Key; 4] = [Key::Section, Key::Dimension, Key::Status, Key::FiscalYear];

/// The kit's five amounts, in its order.
const STAGES: [Stage; 5] = [Stage::Pia, Stage::Pim, Stage::Committed, Stage::Accrued, Stage::Paid];

/// The workload, queryable.
pub struct Held {
    pub facts: Facts,
    /// Held as the other engines hold them; no question asks for them.
    pub projects: Texts,
}

impl Held {
    pub fn len(&self) -> usize {
        usize::try_from(self.facts.count(Stage::Accrued)).unwrap_or(usize::MAX)
    }

    pub fn values(&self, key: usize) -> Option<String> {
        Some(self.facts.values(*KEYS.get(key)?).join("\n"))
    }

    /// Rows; then, for each breakdown, how many values have rows, and of each its code, its rows and its five sums in cents.
    pub fn interact(&self, year: &str, status: &str, section: &str) -> Option<Vec<i64>> {
        let mut filter = Filter::default();
        for (key, values) in [(Key::FiscalYear, year), (Key::Status, status), (Key::Section, section)] {
            for value in values.split('\n').filter(|value| !value.is_empty()) {
                filter = filter.with(key, Some(value));
            }
        }
        let source = self.facts.source(Stage::Accrued, &filter, &KEYS).ok()?;
        let rows = filter.rows(&self.facts, source);
        let breakdowns = break_down(source, Some(&rows), &KEYS, &STAGES).ok()?;
        let whole = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        let mut answer = vec![whole(breakdowns.first()?.count())];
        for (key, found) in KEYS.into_iter().zip(breakdowns) {
            answer.push(whole(found.len() as u64));
            for cell in 0..found.len() {
                answer.extend([i64::from(found.code(key, cell)), whole(found.tally(cell, Stage::Accrued).count)]);
                answer.extend(STAGES.map(|stage| found.tally(cell, stage).minor.unwrap_or_default()));
            }
        }
        Some(answer)
    }

    /// How many rows have the text in their description, whatever the case of its ASCII letters, and their accrued cents.
    pub fn search(&self, text: &str) -> Option<Vec<i64>> {
        let lines = self.facts.table(Stage::Accrued)?;
        let rows = search(lines.texts()?, text, Fold::AsciiCase);
        let found = tally(lines, Some(&rows), &[], &[Stage::Accrued]).ok()?.tally(0, Stage::Accrued);
        Some(vec![i64::try_from(found.count).ok()?, found.minor.unwrap_or_default()])
    }

    pub fn exact(&self) -> Option<i64> {
        let source = self.facts.source(Stage::Accrued, &Filter::default(), &[]).ok()?;
        tally(source, None, &[], &[Stage::Accrued]).ok()?.tally(0, Stage::Accrued).minor
    }

    /// Bytes of the values held: columns, cube, texts and dictionaries.
    pub fn bytes(&self) -> usize {
        let dictionaries = KEYS.iter().filter_map(|&key| self.facts.dictionary(key));
        // The text, where it stands, and two slots to find it by.
        let values = dictionaries.flat_map(|dictionary| dictionary.values()).map(|value| value.len() + 24);
        let (rows, cube) = (self.facts.table(Stage::Accrued), self.facts.cube(Stage::Accrued));
        let tables = rows.into_iter().chain(cube.map(|cube| cube.cells()));
        values.sum::<usize>() + tables.map(of_table).sum::<usize>() + of_texts(&self.projects)
    }
}

fn of_table(table: &Table) -> usize {
    let codes = table.keys().filter_map(|key| table.column(key)).map(|codes| match codes {
        Codes::Narrow(codes) => of_values(codes),
        Codes::Medium(codes) => of_values(codes),
        Codes::Wide(codes) => of_values(codes),
    });
    let amounts = table.stages().filter_map(|stage| table.amounts(stage));
    let amounts = amounts.map(|amounts| of_values(amounts.minor()) + size_of_val(amounts.missing().words()));
    codes.sum::<usize>() + amounts.sum::<usize>() + table.texts().map_or(0, of_texts)
}

fn of_values<T: Copy>(values: &Segments<T>) -> usize {
    values.len() * size_of::<T>()
}

fn of_texts(texts: &Texts) -> usize {
    texts.parts().iter().map(|part| part.pool().len() + size_of_val(part.ends())).sum()
}
