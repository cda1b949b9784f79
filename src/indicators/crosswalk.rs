//! Amounts of renamed, split and joined sections or dimensions, restated in the codes of a later year.
//!
//! A code that became several without shares that total 100 is not restated: its amounts stay where they are and both ends
//! are marked, as no number is better than an invented one. One that the crosswalk says is not to be compared is restated,
//! so that totals hold, and marked.

use rust_decimal::Decimal;

use crate::allocation::apportion;
use crate::budget::{Crossing, FiscalYear};
use crate::engine::Key;

/// What one value has in one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Portion {
    /// The value; `None` for rows with none published.
    pub value: Option<String>,
    /// The year it is shown under.
    pub year: FiscalYear,
    /// The year its code is of: a work keeps the dimension of its round while it is paid for in later years.
    pub coded_in: FiscalYear,
    /// Minor units; `None` where none is published.
    pub minor: Option<i64>,
    /// Rows behind it; those of a split value stand behind each of its parts.
    pub count: u64,
    /// Rows among them with no amount.
    pub missing: u64,
    /// The fiscal year the amount is of, where it is told apart.
    pub spent_in: Option<FiscalYear>,
    /// Whether there is an amount that could not be told in the prices asked for.
    pub is_unconverted: bool,
}

/// What became of a value between two years.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// It had another code.
    Renamed {
        /// The earlier one.
        from: String,
    },
    /// It is a part of what had one code; of itself, where another part left it.
    Split {
        /// The earlier code.
        from: String,
    },
    /// It took in others, or parts of them.
    Moved {
        /// The earlier codes.
        from: Vec<String>,
    },
    /// It cannot be set against what it was.
    NotComparable,
}

/// One code and what it became.
struct Event<'a> {
    from: &'a str,
    from_year: FiscalYear,
    to_year: FiscalYear,
    to: Vec<&'a str>,
    /// Of each, whether it may be set against what it was.
    comparable: Vec<bool>,
    /// In ten-thousand-millionths of the whole, so that shares are whole numbers; `None` where it cannot be shared out.
    shares: Option<Vec<i128>>,
}

/// The name of a key's table in `crosswalk.csv`; `None` for keys whose codes have no crosswalk.
pub fn crosswalk_table(key: Key) -> Option<&'static str> {
    match key {
        Key::Section => Some("sections"),
        Key::Dimension => Some("dimensions"),
        _ => None,
    }
}

/// Restates portions in the codes of `year`. With shares that total 100 % no minor unit is gained or lost.
pub fn restate(crosswalk: &[Crossing], key: Key, portions: Vec<Portion>, year: FiscalYear) -> Vec<Portion> {
    let events = events(crosswalk, key);
    let mut restated = Vec::with_capacity(portions.len());
    let with_year = |portion: Portion| {
        let of = portion.coded_in;
        (portion, of)
    };
    // Each with the year its code is of.
    let mut left: Vec<(Portion, FiscalYear)> = portions.into_iter().rev().map(with_year).collect();
    while let Some((portion, of)) = left.pop() {
        let event = next(&events, portion.value.as_deref(), of, year);
        match event.and_then(|event| Some((event.to_year, cross(event, &portion)?))) {
            // Years only grow, so that this ends.
            Some((to_year, parts)) => left.extend(parts.into_iter().rev().map(|part| (part, to_year))),
            None => restated.push(portion),
        }
    }
    restated
}

/// What became of each value between two years, as codes of the later one; codes that ended without a comparable successor
/// are named as not comparable themselves. In the order of the file.
pub fn changes(crosswalk: &[Crossing], key: Key, from: FiscalYear, to: FiscalYear) -> Vec<(String, Change)> {
    let events = events(crosswalk, key);
    let within: Vec<&Event<'_>> =
        events.iter().filter(|event| event.from_year >= from && event.to_year <= to).collect();
    let mut targets: Vec<&str> = Vec::new();
    let mut changes: Vec<(String, Change)> = Vec::new();
    let mut mark = |code: &str| {
        if !changes.iter().any(|(known, _)| known == code) {
            changes.push((code.to_owned(), Change::NotComparable));
        }
    };
    for event in &within {
        let is_broken = event.shares.is_none();
        let marked = event.to.iter().zip(&event.comparable).filter(|(_, is_comparable)| is_broken || !**is_comparable);
        marked.for_each(|(code, _)| mark(code));
        if is_broken {
            mark(event.from);
        }
        targets.extend(event.to.iter().copied());
    }
    for (at, &target) in targets.iter().enumerate() {
        let is_told = changes.iter().any(|(known, _)| known == target);
        if is_told || targets.iter().take(at).any(|earlier| *earlier == target) {
            continue;
        }
        let sources: Vec<&&Event<'_>> = within.iter().filter(|event| event.to.contains(&target)).collect();
        let change = match sources.as_slice() {
            [only] if only.to.len() > 1 => Some(Change::Split { from: only.from.to_owned() }),
            [only] if only.from == target => None,
            [only] => Some(Change::Renamed { from: only.from.to_owned() }),
            several => {
                let others = several.iter().map(|event| event.from).filter(|from| *from != target);
                Some(Change::Moved { from: others.map(str::to_owned).collect() })
            }
        };
        changes.extend(change.map(|change| (target.to_owned(), change)));
    }
    changes
}

/// The crossings of a table gathered by the code they start from, in the order of the file.
fn events(crosswalk: &[Crossing], key: Key) -> Vec<Event<'_>> {
    let Some(table) = crosswalk_table(key) else { return Vec::new() };
    // A crossing that does not lead forward leads nowhere.
    let crossings: Vec<&Crossing> =
        crosswalk.iter().filter(|crossing| crossing.table == table && crossing.from_year < crossing.to_year).collect();
    let mut events: Vec<Event<'_>> = Vec::new();
    for (at, first) in crossings.iter().enumerate() {
        let is_same = |other: &&&Crossing| {
            (&other.from, other.from_year, other.to_year) == (&first.from, first.from_year, first.to_year)
        };
        if crossings.iter().take(at).any(|earlier| is_same(&earlier)) {
            continue;
        }
        let parts: Vec<&&Crossing> = crossings.iter().filter(is_same).collect();
        events.push(Event {
            from: &first.from,
            from_year: first.from_year,
            to_year: first.to_year,
            to: parts.iter().map(|part| part.to.as_str()).collect(),
            comparable: parts.iter().map(|part| part.comparable).collect(),
            shares: shares(&parts),
        });
    }
    events
}

/// The shares of what one code became, where they make a whole.
fn shares(parts: &[&&Crossing]) -> Option<Vec<i128>> {
    let share = |part: &&&Crossing| part.share_percent.or((parts.len() == 1).then_some(Decimal::ONE_HUNDRED));
    let shares: Vec<Decimal> = parts.iter().map(share).collect::<Option<_>>()?;
    let whole = shares.iter().try_fold(Decimal::ZERO, |sum, share| sum.checked_add(*share))?;
    if whole != Decimal::ONE_HUNDRED || shares.iter().any(|share| share.is_sign_negative()) {
        return None;
    }
    let scaled = |share: &Decimal| {
        let scaled = share.checked_mul(Decimal::from(100_000_000))?;
        scaled.is_integer().then(|| scaled.normalize()).map(|scaled| scaled.mantissa())
    };
    shares.iter().map(scaled).collect()
}

/// The next thing that becomes of a code of `year`, up to `until`.
fn next<'a, 'b>(
    events: &'b [Event<'a>],
    value: Option<&str>,
    year: FiscalYear,
    until: FiscalYear,
) -> Option<&'b Event<'a>> {
    let value = value?;
    let follows = |event: &&Event<'_>| event.from == value && event.from_year >= year && event.to_year <= until;
    events.iter().filter(follows).min_by_key(|event| (event.from_year, event.to_year))
}

fn cross(event: &Event<'_>, portion: &Portion) -> Option<Vec<Portion>> {
    let shares = event.shares.as_ref()?;
    let amounts: Vec<Option<i64>> = match portion.minor {
        Some(minor) => apportion(minor, shares).ok()?.into_iter().map(Some).collect(),
        None => vec![None; event.to.len()],
    };
    let part = |(to, minor): (&&str, Option<i64>)| Portion { value: Some((*to).to_owned()), minor, ..portion.clone() };
    Some(event.to.iter().zip(amounts).map(part).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn year(text: &str) -> FiscalYear {
        text.parse().unwrap()
    }

    fn crossing(from: &str, to: &str, share: Option<i64>, comparable: bool) -> Crossing {
        Crossing {
            table: "sections".to_owned(),
            from: from.to_owned(),
            from_year: year("2001"),
            to: to.to_owned(),
            to_year: year("2002"),
            share_percent: share.map(Decimal::from),
            comparable,
        }
    }

    fn portion(value: &str, of: &str, minor: i64) -> Portion {
        Portion {
            value: Some(value.to_owned()),
            year: year(of),
            coded_in: year(of),
            minor: Some(minor),
            count: 1,
            missing: 0,
            spent_in: None,
            is_unconverted: false,
        }
    }

    fn restated(crosswalk: &[Crossing], portions: Vec<Portion>, until: &str) -> Vec<(String, i64)> {
        let parts = restate(crosswalk, Key::Section, portions, year(until));
        parts.into_iter().map(|part| (part.value.unwrap(), part.minor.unwrap())).collect()
    }

    #[test]
    fn renamed_split_and_joined_codes_are_restated() {
        let crosswalk = [
            crossing("S1", "N1", None, true),
            crossing("S2", "S2", Some(60), true),
            crossing("S2", "N2", Some(40), true),
            crossing("S3", "S4", Some(100), true),
            crossing("S4", "S4", Some(100), true),
            crossing("S5", "N5", Some(100), false),
            crossing("S6", "N6", Some(50), true),
        ];
        let codes = ["S1", "S2", "S3", "S4", "S5", "S6", "S7"];
        let portions: Vec<Portion> = codes.iter().map(|code| portion(code, "2000", 101)).collect();
        let expected =
            [("N1", 101), ("S2", 61), ("N2", 40), ("S4", 101), ("S4", 101), ("N5", 101), ("S6", 101), ("S7", 101)];
        let expected: Vec<(String, i64)> = expected.map(|(code, minor)| (code.to_owned(), minor)).to_vec();
        assert_eq!(restated(&crosswalk, portions.clone(), "2002"), expected);
        // Before the change, and of codes of after it, nothing is restated.
        assert!(restated(&crosswalk, portions, "2001").iter().all(|(code, _)| codes.contains(&code.as_str())));
        assert_eq!(restated(&crosswalk, vec![portion("S1", "2002", 5)], "2003"), [("S1".to_owned(), 5)]);

        let told = changes(&crosswalk, Key::Section, year("2000"), year("2002"));
        let told: Vec<(&str, &Change)> = told.iter().map(|(code, change)| (code.as_str(), change)).collect();
        let named = |from: &str| from.to_owned();
        assert_eq!(
            told,
            [
                ("N5", &Change::NotComparable),
                ("N6", &Change::NotComparable),
                ("S6", &Change::NotComparable),
                ("N1", &Change::Renamed { from: named("S1") }),
                ("S2", &Change::Split { from: named("S2") }),
                ("N2", &Change::Split { from: named("S2") }),
                ("S4", &Change::Moved { from: vec![named("S3")] }),
            ]
        );
        assert!(changes(&crosswalk, Key::Section, year("2002"), year("2003")).is_empty());
        assert!(changes(&crosswalk, Key::Status, year("2000"), year("2002")).is_empty());
    }

    #[test]
    fn changes_follow_one_another() {
        let later = Crossing { from_year: year("2003"), to_year: year("2004"), ..crossing("N1", "Z1", None, true) };
        let crosswalk = [later, crossing("S1", "N1", None, true)];
        assert_eq!(restated(&crosswalk, vec![portion("S1", "2000", 7)], "2004"), [("Z1".to_owned(), 7)]);
        assert_eq!(restated(&crosswalk, vec![portion("S1", "2000", 7)], "2003"), [("N1".to_owned(), 7)]);
        let back = Crossing { from_year: year("2002"), to_year: year("2001"), ..crossing("S1", "S1", None, true) };
        assert_eq!(restated(&[back], vec![portion("S1", "2000", 7)], "2004"), [("S1".to_owned(), 7)]);
    }

    proptest! {
        #[test]
        fn whole_shares_keep_totals(amounts in proptest::collection::vec(-1_000_000i64..1_000_000_000, 1..6), cut in 0i64..=100) {
            let crosswalk = [
                crossing("S0", "N0", Some(cut), true), crossing("S0", "N1", Some(100 - cut), true),
                crossing("S1", "N1", None, true), crossing("S2", "N1", Some(cut), true), crossing("S2", "N2", Some(100 - cut), true),
                crossing("S3", "N9", Some(cut), true),
            ];
            let portions: Vec<Portion> = amounts.iter().enumerate().map(|(at, &minor)| portion(&format!("S{at}"), "2001", minor)).collect();
            let after: i64 = restated(&crosswalk, portions, "2002").iter().map(|(_, minor)| minor).sum();
            prop_assert_eq!(after, amounts.iter().sum::<i64>());
        }
    }
}
