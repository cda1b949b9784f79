//! The table of differences, worked out from what each side has of each row.

use rust_decimal::Decimal;

use super::compared::{Compared, ComparedRow, ComparedSide, Comparison, Refusal, Shown, WhyDifferent};
use super::index::{Index, in_order};
use super::months::{Months, last_month};
use super::query::{CompareBy, CompareQuery, CompareSort, ComparedAs, NO_VALUE, side_years};
use super::side::{Held, Lacking, Partial, SideAsked, SideHeld, people, people_of_all, people_year};
use crate::budget::{FiscalYear, Stage};
use crate::dataset::Package;
use crate::engine::{Filter, Key, Unanswered, YearBasis, currencies};
use crate::indicators::Selection;
use crate::indicators::crosswalk::{Change, changes};
use crate::indicators::overview::of_the_list;
use crate::money::{Currency, Money, ratio};

/// What a side's questions are asked by, held where the question borrows it.
struct Side<'a> {
    package: &'a Package,
    filter: Filter,
    facts: ComparedSide,
}

/// Sets side B against side A. `other` is the municipality of side B, where it is another.
///
/// # Errors
/// [`Refusal`].
pub fn comparison(
    package: &Package,
    other: Option<&Package>,
    selection: &Selection,
    query: &CompareQuery,
) -> Result<Comparison, Refusal> {
    let choices = currencies(&package.facts, selection.stage, &Filter::default()).map_err(Unanswered::from)?;
    let currency = selection.currency.or_else(|| package.main_currency()).unwrap_or(Currency::PEN);
    if let Some(other) = other {
        check_currency(other, currency)?;
    }
    let key = query.rows_key(package, selection);
    let measure = query.measure(selection);
    let mut sides = sides(package, other, selection, query, measure);
    if let Some(side) = sides.iter().position(Side::is_empty) {
        return Err(Refusal::Empty { side });
    }
    for side in &mut sides {
        let asked = side.asked(selection.basis, currency, query.real);
        side.facts.partial = asked.partial();
    }
    let asked = sides.each_ref().map(|side| side.asked(selection.basis, currency, query.real));
    let last_year = last_year(&sides).filter(|_| other.is_none());
    let by_months = match other {
        None => held_by_months(package, &sides, &asked, selection.basis, (key, last_year))?,
        Some(_) => None,
    };
    let same_months = by_months.as_ref().map(|(last, _)| *last);
    let [a, b] = &asked;
    let held = match by_months {
        Some((_, held)) => held,
        None => [a.held(key, last_year)?, b.held(key, last_year)?],
    };
    let is_whole = same_months.is_some() || sides.iter().all(|side| side.facts.partial.is_empty());
    let first_code = held.iter().filter_map(|side| side.first_code).min();
    let crossings = crossings(package, (key, query.by), first_code, last_year);
    let held = held.map(|side| side.held);
    let table = Tabler {
        sides: &sides,
        held: &held,
        places: held.each_ref().map(|held| places(held)),
        sums: held.each_ref().map(|held| sum(held)),
        key,
        measure,
        currency,
        is_whole,
        order: order_of(&sides, query),
    };
    let mut rows: Vec<ComparedRow> =
        table.values(package, other).into_iter().map(|value| table.row(value, &crossings)).collect();
    if is_whole {
        rank(&mut rows);
    }
    let total = table.total();
    // What has no difference comes last; rows alike stay as declared.
    let size = |place: usize| rows.get(place).and_then(|row| row.difference).map(Shown::size);
    let order = match query.sort {
        CompareSort::Declared => None,
        CompareSort::Loss => Some(in_order(rows.len(), &|one, other| {
            (size(one).is_none(), size(one)).cmp(&(size(other).is_none(), size(other)))
        })),
        CompareSort::Gain => Some(in_order(rows.len(), &|one, other| size(other).cmp(&size(one)))),
    };
    if let Some(order) = order {
        rows = order.into_iter().filter_map(|place| rows.get(place).cloned()).collect();
    }
    Ok(Comparison {
        currency,
        key,
        measure,
        real: query.real,
        total,
        rows,
        same_months,
        is_ranked: is_whole,
        currencies: choices,
        sides: sides.map(|side| side.facts),
    })
}

/// Nothing is converted: the other municipality must have amounts in the same currency.
fn check_currency(other: &Package, own: Currency) -> Result<(), Refusal> {
    let theirs = [Stage::Agreed, Stage::Accrued].map(|stage| currencies(&other.facts, stage, &Filter::default()));
    let theirs: Vec<Currency> = theirs.into_iter().flatten().flatten().collect();
    match other.main_currency() {
        Some(main) if !theirs.contains(&own) => Err(Refusal::Currency { own, other: main }),
        _ => Ok(()),
    }
}

fn sides<'a>(
    package: &'a Package,
    other: Option<&'a Package>,
    selection: &Selection,
    query: &CompareQuery,
    measure: ComparedAs,
) -> [Side<'a>; 2] {
    [0, 1].map(|place| {
        let of = other.filter(|_| place == 1).unwrap_or(package);
        let selection = of_the_list(of, selection);
        let texts = query.sides.get(place).map_or(&[][..], Vec::as_slice);
        let by_section = query.by == CompareBy::Sections && other.is_none();
        let years = match (by_section, other) {
            (true, _) => selection.years(of),
            (false, Some(_)) if texts.is_empty() => {
                let known = of.facts.values(selection.basis.key());
                let own = if place == 0 {
                    selection.clone()
                } else {
                    Selection { year: Default::default(), ..selection.clone() }
                };
                own.years(of).into_iter().filter(|year| known.contains(&year.as_str())).collect()
            }
            (false, _) => side_years(of, &selection, texts, place),
        };
        let year_key = selection.basis.key();
        let mut filter = years
            .iter()
            .fold(selection.filter.clone().without(year_key), |filter, year| filter.with(year_key, Some(year)));
        let sections = if by_section { side_sections(of, texts, place) } else { Vec::new() };
        if by_section {
            filter = sections
                .iter()
                .fold(filter.without(Key::Section), |filter, section| filter.with(Key::Section, section.as_deref()));
        }
        let stage = if place == 1 { query.stage_b.unwrap_or(selection.stage) } else { selection.stage };
        let people_year = people_year(of, &filter, &years, measure);
        let facts = ComparedSide {
            is_other: place == 1 && other.is_some(),
            stage,
            years,
            sections,
            people_year,
            partial: Vec::new(),
            as_of: of.as_of(&filter).ok().flatten().filter(|_| Stage::OF_A_LINE.contains(&stage)),
        };
        Side { package: of, filter, facts }
    })
}

/// The sections of a side: those of its texts that the package has, or the first or second declared one.
fn side_sections(package: &Package, texts: &[String], place: usize) -> Vec<Option<String>> {
    let known = package.facts.values(Key::Section);
    if texts.is_empty() {
        let declared = package.sections.get(place).map(|section| section.id.clone());
        return declared
            .or_else(|| known.get(place).map(|&section| section.to_owned()))
            .map(Some)
            .into_iter()
            .collect();
    }
    let is_known = |text: &&String| *text == NO_VALUE || known.contains(&text.as_str());
    texts.iter().filter(is_known).map(|text| (text != NO_VALUE).then(|| text.clone())).collect()
}

impl Side<'_> {
    fn asked(&self, basis: YearBasis, currency: Currency, real: Option<FiscalYear>) -> SideAsked<'_> {
        let (package, filter) = (self.package, &self.filter);
        SideAsked { package, basis, stage: self.facts.stage, currency, filter, years: &self.facts.years, real }
    }

    fn is_empty(&self) -> bool {
        let lacks_sections = self.filter.values(Key::Section).is_some_and(<[_]>::is_empty);
        self.facts.years.is_empty() || lacks_sections
    }
}

fn fiscal_years(years: &[String]) -> Vec<FiscalYear> {
    years.iter().filter_map(|year| year.parse().ok()).collect()
}

/// The latest year of both sides: the one whose codes everything is told in.
fn last_year(sides: &[Side<'_>; 2]) -> Option<FiscalYear> {
    sides.iter().flat_map(|side| fiscal_years(&side.facts.years)).max()
}

/// What both sides have in the same months, with the last of them, where a side is not over and the package has months that
/// tell the rows apart.
fn held_by_months(
    package: &Package,
    sides: &[Side<'_>; 2],
    asked: &[SideAsked<'_>; 2],
    basis: YearBasis,
    (key, last_year): (Key, Option<FiscalYear>),
) -> Result<Option<(u8, [SideHeld; 2])>, Unanswered> {
    let partial: Vec<Partial> = sides.iter().flat_map(|side| side.facts.partial.clone()).collect();
    let [a, b] = asked;
    if basis != YearBasis::Fiscal || a.stage != b.stage || package.months.is_empty() {
        return Ok(None);
    }
    let Some(last) = last_month(&partial, a.stage) else { return Ok(None) };
    let months = Months::of(package);
    let (Some(of_a), Some(of_b)) = (months.portions(a, key, last)?, months.portions(b, key, last)?) else {
        return Ok(None);
    };
    Ok(Some((last, [a.gathered(of_a, key, last_year), b.gathered(of_b, key, last_year)])))
}

/// What became of the row's codes between the first there are and the last year.
fn crossings(
    package: &Package,
    (key, by): (Key, CompareBy),
    first: Option<FiscalYear>,
    last: Option<FiscalYear>,
) -> Vec<(String, Change)> {
    match (first, last) {
        (Some(first), Some(last)) if by == CompareBy::Years => changes(&package.crosswalk, key, first, last),
        _ => Vec::new(),
    }
}

/// Which side is the later one, where the sides are years that do not overlap.
fn order_of(sides: &[Side<'_>; 2], query: &CompareQuery) -> Option<usize> {
    let [a, b] = sides.each_ref().map(|side| fiscal_years(&side.facts.years));
    let is_years = query.by == CompareBy::Years && !sides.iter().any(|side| side.facts.is_other);
    match (a.first(), a.last(), b.first(), b.last()) {
        (Some(a_first), Some(a_last), Some(b_first), Some(b_last)) if is_years => {
            if a_last < b_first {
                Some(1)
            } else if b_last < a_first {
                Some(0)
            } else {
                None
            }
        }
        _ => None,
    }
}

struct Tabler<'a> {
    sides: &'a [Side<'a>; 2],
    held: &'a [Vec<Held>; 2],
    /// Where each side has a value.
    places: [Index; 2],
    /// All that each side has.
    sums: [Option<Held>; 2],
    key: Key,
    measure: ComparedAs,
    currency: Currency,
    is_whole: bool,
    /// The later side.
    order: Option<usize>,
}

impl Tabler<'_> {
    /// The values that a side has, in declared order, then others as they come, no value last.
    fn values(&self, package: &Package, other: Option<&Package>) -> Vec<Option<String>> {
        let had: Vec<&Held> = self.held.iter().flatten().filter(|held| held.count > 0).collect();
        let mut index = Index::default();
        let mut order: Vec<Option<String>> = Vec::new();
        for held in &had {
            if index.number(&held.value) == order.len() {
                order.push(held.value.clone());
            }
        }
        let declared = [Some(package), other].into_iter().flatten().flat_map(|package| package.facts.values(self.key));
        let mut values: Vec<Option<String>> = Vec::with_capacity(order.len());
        let mut is_listed = vec![false; order.len()];
        for value in declared {
            let listed = index.find(Some(value)).and_then(|number| is_listed.get_mut(number));
            if let Some(listed) = listed.filter(|listed| !**listed) {
                *listed = true;
                values.push(Some(value.to_owned()));
            }
        }
        // What a crosswalk leads to and no row is under; no value last.
        let others = order.into_iter().zip(is_listed).filter(|(_, is_listed)| !is_listed).map(|(value, _)| value);
        let (none, others): (Vec<_>, Vec<_>) = others.partition(Option::is_none);
        values.extend(others);
        values.extend(none);
        values
    }

    fn held(&self, place: usize, value: Option<&str>) -> Option<&Held> {
        let at = self.places.get(place)?.find(value)?;
        self.held.get(place)?.get(at)
    }

    fn row(&self, value: Option<String>, crossings: &[(String, Change)]) -> ComparedRow {
        let sides = [0, 1].map(|place| {
            let of = value.as_deref();
            let people = self
                .side(place)
                .and_then(|side| people(side.package, &side.filter, self.key, of, side.facts.people_year?));
            self.compared(place, self.held(place, of), people)
        });
        let crossed = crossings.iter().find(|(code, _)| Some(code.as_str()) == value.as_deref());
        let crossed = crossed.map(|(_, change)| change.clone());
        self.set_against(value, sides, crossed)
    }

    fn total(&self) -> ComparedRow {
        let sides = [0, 1].map(|place| {
            let people =
                self.side(place).and_then(|side| people_of_all(side.package, &side.filter, side.facts.people_year?));
            self.compared(place, self.sum(place), people)
        });
        self.set_against(None, sides, None)
    }

    fn side(&self, place: usize) -> Option<&Side<'_>> {
        self.sides.get(place)
    }

    fn sum(&self, place: usize) -> Option<&Held> {
        self.sums.get(place)?.as_ref()
    }

    fn compared(&self, place: usize, held: Option<&Held>, people: Option<i64>) -> Compared {
        let Some(held) = held.filter(|held| held.count > 0) else { return Compared::default() };
        let mut compared = Compared {
            shown: None,
            minor: held.minor,
            count: held.count,
            missing: held.missing,
            lacking: held.lacking,
        };
        let Some(minor) = held.minor else { return compared };
        let (shown, lacking) = match self.measure {
            ComparedAs::Total => {
                (Some(minor).map(|minor| Shown::Money(Money::new(minor, self.currency))), Lacking::TooLarge)
            }
            ComparedAs::PerPerson => {
                let each = people.and_then(|people| ratio::per_head(minor, people));
                (each.map(|minor| Shown::Money(Money::new(minor, self.currency))), Lacking::People)
            }
            ComparedAs::Share => {
                let total = self.sum(place).and_then(|sum| sum.minor);
                (total.and_then(|total| ratio::percent(minor, total, 1)).map(Shown::Percent), Lacking::Total)
            }
        };
        compared.shown = shown;
        compared.lacking = shown.is_none().then_some(lacking);
        compared
    }

    fn set_against(&self, value: Option<String>, sides: [Compared; 2], crossed: Option<Change>) -> ComparedRow {
        let is_comparable = crossed != Some(Change::NotComparable);
        let [a, b] = &sides;
        let difference = match (a.shown, b.shown) {
            (Some(a), Some(b)) => a.to(b),
            (None, Some(b)) if a.count == 0 => Some(b),
            (Some(a), None) if b.count == 0 => a.negated(),
            _ => None,
        };
        let difference = difference.filter(|_| is_comparable);
        let percent = match (difference, a.shown, b.shown) {
            (Some(Shown::Money(difference)), Some(Shown::Money(a)), Some(_)) if self.is_whole => {
                ratio::percent(difference.minor, a.minor, 1)
            }
            _ => None,
        };
        let why = self.why(&sides, crossed);
        ComparedRow { value, sides, difference, percent, ranks: [None, None], climbed: None, why }
    }

    fn why(&self, sides: &[Compared; 2], crossed: Option<Change>) -> Vec<WhyDifferent> {
        let is_comparable = crossed != Some(Change::NotComparable);
        let mut why: Vec<WhyDifferent> = crossed.map(WhyDifferent::Crossed).into_iter().collect();
        let only = match sides.each_ref().map(|side| side.count > 0) {
            [true, false] => Some(0),
            [false, true] => Some(1),
            _ => None,
        };
        let told = only.filter(|_| is_comparable).map(|side| match self.order {
            Some(later) if later == side => WhyDifferent::New { side },
            Some(_) => WhyDifferent::Ended { side },
            None => WhyDifferent::Only { side },
        });
        why.extend(told);
        for (side, compared) in sides.iter().enumerate() {
            why.extend(compared.lacking.map(|what| WhyDifferent::Lacking { side, what }));
        }
        for (side, compared) in self.sides.iter().enumerate() {
            let is_partial = !self.is_whole && !compared.facts.partial.is_empty();
            why.extend(is_partial.then_some(WhyDifferent::Partial { side }));
        }
        why
    }
}

/// Each value of a side stands once.
fn places(held: &[Held]) -> Index {
    let mut places = Index::default();
    for held in held {
        places.number(&held.value);
    }
    places
}

/// All that a side has: nothing where a part is not known, as the rest is not the whole.
fn sum(held: &[Held]) -> Option<Held> {
    let mut sum = Held { value: None, minor: None, count: 0, missing: 0, lacking: None };
    for held in held {
        (sum.count, sum.missing) = (sum.count + held.count, sum.missing + held.missing);
        // Rows whose amounts nobody published are counted as missing, beside what is known.
        sum.lacking = sum.lacking.or(held.lacking.filter(|lacking| *lacking != Lacking::Amount));
        sum.minor = match (sum.minor, held.minor) {
            (Some(sum), Some(minor)) => sum.checked_add(minor),
            (sum, minor) => sum.or(minor),
        };
        if sum.minor.is_none() && held.minor.is_some() {
            sum.lacking = Some(Lacking::TooLarge);
        }
    }
    if sum.lacking.is_some() {
        sum.minor = None;
    } else if sum.minor.is_none() && sum.count > 0 {
        sum.lacking = Some(Lacking::Amount);
    }
    (sum.count > 0).then_some(sum)
}

/// Gives rows with a value and an amount their places in each side; what cannot be compared has none.
fn rank(rows: &mut [ComparedRow]) {
    for place in [0, 1] {
        let size = |row: &ComparedRow| {
            let is_ranked = row.value.is_some() && !row.why.contains(&WhyDifferent::Crossed(Change::NotComparable));
            let side = row.sides.get(place)?;
            // The amount behind a share, which is not rounded; per person, what is shown.
            let exact = match side.shown? {
                Shown::Percent(_) => Decimal::from(side.minor?),
                shown => shown.size(),
            };
            is_ranked.then_some(exact)
        };
        let sizes: Vec<Option<Decimal>> = rows.iter().map(size).collect();
        let known: Vec<Decimal> = sizes.iter().flatten().copied().collect();
        let order = in_order(known.len(), &|one, other| known.get(other).cmp(&known.get(one)));
        let descending: Vec<Decimal> = order.into_iter().filter_map(|place| known.get(place).copied()).collect();
        for (row, size) in rows.iter_mut().zip(sizes) {
            let above = size.map(|size| descending.partition_point(|other| *other > size));
            if let Some(rank) = row.ranks.get_mut(place) {
                *rank = above.and_then(|above| u32::try_from(above).ok()?.checked_add(1));
            }
        }
    }
    for row in rows {
        row.climbed = match row.ranks {
            [Some(a), Some(b)] => Some(i64::from(a) - i64::from(b)),
            _ => None,
        };
    }
}
