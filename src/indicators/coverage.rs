//! How much of a fiscal year the amounts cover: a year that is not over is never set against whole ones unmarked.

use crate::budget::{Date, FiscalYear};
use crate::dataset::Package;
use crate::engine::{Filter, Key};

/// How much of a year is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coverage {
    /// All of it.
    Whole,
    /// From January to the end of a month.
    To {
        /// The last whole month, 1 to 11; 0 where not even January is whole.
        month: u8,
    },
    /// The package does not say.
    Unknown,
}

/// How much of a fiscal year the package covers: as its official totals say, or else by the latest day its lines of that
/// year were read from the accounts.
pub fn coverage(package: &Package, year: FiscalYear) -> Coverage {
    let official = package.official_totals.iter().find(|total| total.year == year);
    match official.and_then(|total| total.months_covered).map(u8::try_from) {
        Some(Ok(month)) if month < 12 => Coverage::To { month },
        Some(Ok(_)) => Coverage::Whole,
        Some(Err(_)) | None => by_day(package, year),
    }
}

fn by_day(package: &Package, year: FiscalYear) -> Coverage {
    let filter = Filter::default().with(Key::FiscalYear, Some(&year.to_string()));
    let Ok(Some(day)) = package.as_of(&filter) else { return Coverage::Unknown };
    match day.year().cmp(&i32::from(year.number())) {
        std::cmp::Ordering::Less => Coverage::To { month: 0 },
        std::cmp::Ordering::Equal => match last_whole_month(day) {
            12 => Coverage::Whole,
            month => Coverage::To { month },
        },
        std::cmp::Ordering::Greater => Coverage::Whole,
    }
}

/// The last month that is over at the end of a day.
pub(super) fn last_whole_month(day: Date) -> u8 {
    let is_over = match day.month() {
        2 => day.day() >= if is_leap(day.year()) { 29 } else { 28 },
        4 | 6 | 9 | 11 => day.day() >= 30,
        _ => day.day() >= 31,
    };
    if is_over { day.month() } else { day.month() - 1 }
}

fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::{OfficialTotal, Stage, StageAmounts};
    use crate::engine::{Codes, Dictionary, Facts, Table};
    use crate::money::Currency;

    fn year(text: &str) -> FiscalYear {
        text.parse().unwrap()
    }

    /// A package with one line of 2003, read on a day.
    fn read_on(day: Option<&str>) -> Package {
        let mut dictionaries = vec![Dictionary::default(); Key::ALL.len()];
        let place = Key::ALL.iter().position(|&key| key == Key::FiscalYear).unwrap();
        let code = dictionaries[place].intern("2003");
        let keys = vec![(Key::FiscalYear, [code].into_iter().collect::<Codes>())];
        let amounts = vec![(Stage::Accrued, [Some(1)].into_iter().collect())];
        let lines = Table::new(1, keys, amounts, vec![day.map(|day| day.parse().unwrap())], None);
        Package { facts: Facts::new(dictionaries, [Table::default(), lines, Table::default()]), ..Package::default() }
    }

    fn official(months: Option<i64>) -> OfficialTotal {
        OfficialTotal {
            year: year("2003"),
            currency: Currency::PEN,
            amounts: StageAmounts::default(),
            as_of: None,
            months_covered: months,
            source: None,
        }
    }

    #[test]
    fn the_day_of_the_accounts_says_how_far_a_year_goes() {
        for (day, expected) in [
            ("2003-06-30", Coverage::To { month: 6 }),
            ("2003-06-29", Coverage::To { month: 5 }),
            ("2003-02-28", Coverage::To { month: 2 }),
            ("2003-01-30", Coverage::To { month: 0 }),
            ("2003-11-30", Coverage::To { month: 11 }),
            ("2003-12-30", Coverage::To { month: 11 }),
            ("2003-12-31", Coverage::Whole),
            ("2004-01-15", Coverage::Whole),
            ("2002-12-31", Coverage::To { month: 0 }),
        ] {
            assert_eq!(coverage(&read_on(Some(day)), year("2003")), expected, "{day}");
        }
        assert_eq!(coverage(&read_on(None), year("2003")), Coverage::Unknown);
        assert_eq!(coverage(&read_on(Some("2003-06-30")), year("2001")), Coverage::Unknown);
    }

    #[test]
    fn what_official_totals_say_goes_first() {
        for (months, expected) in [
            (Some(2), Coverage::To { month: 2 }),
            (Some(12), Coverage::Whole),
            (Some(-1), Coverage::To { month: 6 }),
            (None, Coverage::To { month: 6 }),
        ] {
            let package = Package { official_totals: vec![official(months)], ..read_on(Some("2003-06-30")) };
            assert_eq!(coverage(&package, year("2003")), expected, "{months:?}");
        }
    }
}
