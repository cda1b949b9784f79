//! One line of spending, before it is written in any form.

use super::dice::Dice;

/// Fiscal years, the later ones with more lines.
pub const YEARS: [u16; 10] = [2015, 2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024];
const YEAR_WEIGHTS: [usize; 10] = [8, 8, 9, 9, 10, 10, 11, 11, 12, 12];

/// Amounts in céntimos; `None` was not published. No later stage is above an earlier one, but for the opening budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amounts {
    pub pia: Option<i64>,
    pub pim: Option<i64>,
    pub committed: Option<i64>,
    pub accrued: Option<i64>,
    pub paid: Option<i64>,
}

/// What a column of amounts adds up to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Total {
    pub minor: i64,
    pub missing: u64,
}

impl Total {
    pub fn add(&mut self, amount: Option<i64>) {
        match amount {
            Some(minor) => self.minor += minor,
            None => self.missing += 1,
        }
    }
}

pub fn year(dice: &mut Dice) -> u16 {
    YEARS[dice.weighted(&YEAR_WEIGHTS)]
}

/// A long right tail over some hundred thousand soles: up to 2^37 céntimos, half of them under 2^24.
pub fn amounts(dice: &mut Dice) -> Amounts {
    let magnitude = 14 + dice.below(10) + dice.below(10) * usize::from(dice.percent(60)) + dice.below(5);
    let pia = (1i64 << magnitude) + (dice.bits() >> (64 - magnitude)) as i64;
    let pim = if dice.percent(35) { pia } else { share(pia, dice.between(60, 140)) };
    let committed = share(pim, if dice.percent(8) { 0 } else { dice.between(30, 100) });
    let accrued = share(committed, if dice.percent(6) { 0 } else { dice.between(40, 100) });
    let paid = share(accrued, if dice.percent(25) { 100 } else { dice.between(0, 100) });
    if dice.below(300) == 0 {
        // Money given back: the accrual of an earlier year undone.
        let back = -share(pia, 10);
        return Amounts { pia: None, pim: Some(pim), committed: None, accrued: Some(back), paid: Some(back) };
    }
    let published = |amount, is_published| if is_published { Some(amount) } else { None };
    Amounts {
        pia: published(pia, !dice.percent(2)),
        pim: Some(pim),
        committed: published(committed, !dice.percent(2)),
        accrued: published(accrued, !dice.percent(1)),
        paid: published(paid, !dice.percent(4)),
    }
}

fn share(minor: i64, percent: usize) -> i64 {
    minor * percent as i64 / 100
}

/// As a CSV has it: `-12.05`, or nothing where it was not published.
pub fn typed(amount: Option<i64>) -> String {
    let Some(minor) = amount else { return String::new() };
    let sign = if minor < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", minor.unsigned_abs() / 100, minor.unsigned_abs() % 100)
}

/// A cell with quotation marks around it where RFC 4180 asks for them.
pub fn cell(text: &str) -> String {
    if text.contains([',', '"']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}
