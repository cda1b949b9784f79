//! Amounts in the prices of another year: minor x P_base / P_year (DOMAIN.md section 4, "Real terms").
//!
//! Each amount is converted by the year it belongs to and rounded once, then added: a total of real amounts is the sum of
//! the converted ones. Where an index is missing, there is no real amount, which is not the nominal one.

use rust_decimal::Decimal;

use crate::budget::{FiscalYear, PriceIndex};
use crate::dataset::Package;

/// The years in whose prices amounts can be told, oldest first.
pub fn base_years(package: &Package) -> Vec<FiscalYear> {
    let mut years: Vec<FiscalYear> =
        package.price_index.iter().filter(|entry| entry.index > Decimal::ZERO).map(|entry| entry.year).collect();
    years.sort_unstable();
    years.dedup();
    years
}

/// An amount of `year` in the prices of `base`, rounded half away from zero to the minor unit.
///
/// `None` where either year has no index, where the two indices are not of one series and one base (they cannot be set
/// against each other), or where the amount does not fit.
pub fn in_prices_of(package: &Package, minor: i64, year: FiscalYear, base: FiscalYear) -> Option<i64> {
    let (from, to) = indices(&package.price_index, year, base)?;
    convert(minor, from, to)
}

/// The indices of both years, from one series and base: those that stand first in the file.
fn indices(index: &[PriceIndex], year: FiscalYear, base: FiscalYear) -> Option<(Decimal, Decimal)> {
    let of = |wanted: FiscalYear| index.iter().filter(move |entry| entry.year == wanted && entry.index > Decimal::ZERO);
    of(year).find_map(|from| {
        let to = of(base).find(|to| to.base == from.base && to.series == from.series)?;
        Some((from.index, to.index))
    })
}

/// `minor x to / from` on whole numbers, so that nothing is rounded but the result.
fn convert(minor: i64, from: Decimal, to: Decimal) -> Option<i64> {
    let (from, to) = (from.normalize(), to.normalize());
    let places = from.scale().max(to.scale());
    let whole = |index: Decimal| index.mantissa().checked_mul(10i128.checked_pow(places.checked_sub(index.scale())?)?);
    let (from, to) = (whole(from)?, whole(to)?);
    let common = greatest_common_divisor(from, to);
    let (from, to) = (from.checked_div(common)?, to.checked_div(common)?);
    let size = i128::from(minor.unsigned_abs()).checked_mul(to)?;
    let doubled = size.checked_mul(2)?.checked_add(from)?;
    let rounded = i64::try_from(doubled.checked_div(from.checked_mul(2)?)?).ok()?;
    Some(if minor < 0 { rounded.checked_neg()? } else { rounded })
}

fn greatest_common_divisor(mut left: i128, mut right: i128) -> i128 {
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left.max(1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn package(rows: &[(&str, &str, &str)]) -> Package {
        let entry = |&(year, index, base): &(&str, &str, &str)| PriceIndex {
            year: year.parse().unwrap(),
            index: index.parse().unwrap(),
            base: Some(base.to_owned()),
            series: None,
        };
        Package { price_index: rows.iter().map(entry).collect(), ..Package::default() }
    }

    fn real(package: &Package, minor: i64, year: &str, base: &str) -> Option<i64> {
        in_prices_of(package, minor, year.parse().unwrap(), base.parse().unwrap())
    }

    #[test]
    fn amounts_are_told_in_the_prices_of_another_year() {
        let lima =
            package(&[("2000", "100.00", "2000=100"), ("2001", "101.97", "2000=100"), ("2022", "187.20", "2000=100")]);
        for (minor, year, base, expected) in [
            (200_000_000, "2000", "2022", Some(374_400_000)),
            (218_550_000, "2001", "2000", Some(214_327_743)),
            (-218_550_000, "2001", "2000", Some(-214_327_743)),
            (0, "2001", "2000", Some(0)),
            (777, "2001", "2001", Some(777)),
            (777, "2003", "2000", None),
            (777, "2000", "2003", None),
            (i64::MAX, "2000", "2022", None),
        ] {
            assert_eq!(real(&lima, minor, year, base), expected, "{minor} of {year} in {base}");
        }
        assert_eq!(base_years(&lima).iter().map(ToString::to_string).collect::<Vec<_>>(), ["2000", "2001", "2022"]);
    }

    #[test]
    fn halves_are_rounded_away_from_zero() {
        let prices = package(&[("2000", "1", "x"), ("2001", "2", "x")]);
        assert_eq!([3, 1, -1, -3].map(|minor| real(&prices, minor, "2001", "2000")), [2, 1, -1, -2].map(Some));
    }

    #[test]
    fn indices_of_different_bases_are_not_set_against_each_other() {
        let prices = package(&[
            ("2021", "150", "2009=100"),
            ("2022", "106", "2021=100"),
            ("2021", "100", "2021=100"),
            ("2023", "0", "2021=100"),
        ]);
        assert_eq!(real(&prices, 100, "2021", "2022"), Some(106));
        assert_eq!(real(&prices, 100, "2023", "2022"), None);
        assert_eq!(real(&package(&[("2021", "150", "a"), ("2022", "106", "b")]), 100, "2021", "2022"), None);
        assert_eq!(base_years(&prices).len(), 2);
    }

    proptest! {
        #[test]
        fn there_and_back_is_off_by_no_more_than_the_rounding(minor in -1_000_000_000_000i64..1_000_000_000_000, from in 1u32..100_000, to in 1u32..100_000) {
            let (year, base) = (Decimal::new(from.into(), 2), Decimal::new(to.into(), 2));
            let there = convert(minor, year, base).unwrap();
            let exact = i128::from(minor) * i128::from(to);
            // Within half a minor unit of the exact amount.
            prop_assert!((i128::from(there) * i128::from(from) * 2 - exact * 2).abs() <= i128::from(from));
            prop_assert_eq!(convert(-minor, year, base), Some(-there));
        }
    }
}
