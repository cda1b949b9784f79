//! How amounts, percentages and counts look, by language and country (DOMAIN.md section 5).
//!
//! Done here and not by the browser, so that the page, the command and the tests agree to the last character and old
//! phones without the locale still read it right.

use rust_decimal::Decimal;

use super::parse::NumberMarks;
use super::{Currency, Money};

const NBSP: char = '\u{a0}';

/// The languages a page can be read in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// Spanish: first, and what everything falls back to.
    Es,
    /// English.
    En,
}

impl Language {
    /// Every language, first the one pages open in.
    pub const ALL: [Self; 2] = [Self::Es, Self::En];

    /// The tag for `lang` attributes and paths: `es`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Es => "es",
            Self::En => "en",
        }
    }

    /// The language of a tag; `None` for one we do not have.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }
}

/// The marks of numbers in one language as one country writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberStyle {
    /// The language the words around the number are in.
    pub language: Language,
    decimal: char,
    group: char,
    /// Digits that must stand before the first group mark for grouping to start: 1 groups from 1,000, 2 from 10.000.
    min_grouping: usize,
    symbol_last: bool,
}

impl NumberStyle {
    /// The style of `language` for a package of `country` (ISO 3166, from the descriptor's `countryCode`).
    ///
    /// Spanish is written with a point in Peru and Mexico and with a comma in Bolivia or Chile, so the language alone
    /// does not say. A country where Spanish is not spoken gets the style of Spain.
    pub fn new(language: Language, country: &str) -> Self {
        let point = Self { language, decimal: '.', group: ',', min_grouping: 1, symbol_last: false };
        match (language, country) {
            (Language::En, _) | (_, "" | "PE" | "MX" | "GT" | "HN" | "NI" | "SV" | "PA" | "DO" | "PR" | "US") => point,
            (_, "BO" | "CL" | "CO" | "EC" | "AR" | "PY" | "UY" | "VE" | "CR") => {
                Self { decimal: ',', group: '.', ..point }
            }
            _ => Self { decimal: ',', group: '.', min_grouping: 2, symbol_last: true, ..point },
        }
    }

    /// The marks a number written in this style is read with.
    pub fn marks(&self) -> NumberMarks {
        NumberMarks { decimal: self.decimal, group: Some(self.group) }
    }

    /// An amount with its currency and every decimal: `S/ 1,234,567.50`.
    pub fn money(&self, amount: Money) -> String {
        let digits = self.number(amount.to_decimal().abs());
        self.signed_with_symbol(amount.minor < 0, &digits, amount.currency)
    }

    /// An amount in whole units of its currency, for sentences: `S/ 45`. `units` are whole soles, not céntimos.
    pub fn whole_money(&self, units: i64, currency: Currency) -> String {
        let digits = self.number(Decimal::from(units).abs());
        self.signed_with_symbol(units < 0, &digits, currency)
    }

    /// A count: `1,341`.
    pub fn count(&self, count: i64) -> String {
        self.number(Decimal::from(count))
    }

    /// A percentage as it stands, with its decimals: `46.0%`; Spanish of Spain puts a space before the sign.
    pub fn percent(&self, value: Decimal) -> String {
        let digits = self.number(value);
        if self.symbol_last { format!("{digits}{NBSP}%") } else { format!("{digits}%") }
    }

    /// An axis label: millions or thousands of whole units, at most one decimal: `20 M`, `2.5 k`. Rounded half up.
    pub fn compact(&self, minor: i64, currency: Currency) -> String {
        let value = Money::new(minor, currency).to_decimal();
        let (divisor, suffix) = match value.abs() {
            size if size >= Decimal::from(1_000_000) => (Decimal::from(1_000_000), "M"),
            size if size >= Decimal::from(1_000) => (Decimal::from(1_000), "k"),
            _ => (Decimal::ONE, ""),
        };
        let short = value
            .checked_div(divisor)
            .unwrap_or(value)
            .round_dp_with_strategy(1, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
            .normalize();
        let digits = self.number(short);
        if suffix.is_empty() { digits } else { format!("{digits}{NBSP}{suffix}") }
    }

    /// Digits grouped, decimals as the value has them.
    pub fn number(&self, value: Decimal) -> String {
        let plain = value.abs().to_string();
        let (whole, fraction) = plain.split_once('.').map_or((plain.as_str(), None), |(w, f)| (w, Some(f)));
        let mut out = String::with_capacity(plain.len() + 8);
        if value.is_sign_negative() && !value.is_zero() {
            out.push('-');
        }
        let grouped = whole.len() >= 3 + self.min_grouping;
        for (position, digit) in whole.char_indices() {
            if grouped && position > 0 && (whole.len() - position).is_multiple_of(3) {
                out.push(self.group);
            }
            out.push(digit);
        }
        if let Some(fraction) = fraction {
            out.push(self.decimal);
            out.push_str(fraction);
        }
        out
    }

    fn signed_with_symbol(&self, negative: bool, digits: &str, currency: Currency) -> String {
        let sign = if negative { "-" } else { "" };
        let symbol = symbol(&currency);
        if self.symbol_last { format!("{sign}{digits}{NBSP}{symbol}") } else { format!("{sign}{symbol}{NBSP}{digits}") }
    }
}

/// The sign people know a currency by; its code where two countries share a sign.
pub fn symbol(currency: &Currency) -> &str {
    match currency.code() {
        "PEN" => "S/",
        "USD" => "US$",
        "EUR" => "€",
        "BOB" => "Bs",
        "GBP" => "£",
        code => code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: Language, country: &str, code: &str, minor: i64, expected: &str) {
        let style = NumberStyle::new(language, country);
        assert_eq!(style.money(Money::new(minor, code.parse().unwrap())).replace(NBSP, "~"), expected);
    }

    #[test]
    fn amounts_look_as_their_place_writes_them() {
        check(Language::Es, "PE", "PEN", 123_456_750, "S/~1,234,567.50");
        check(Language::Es, "PE", "PEN", -123_450, "-S/~1,234.50");
        check(Language::Es, "PE", "PEN", 100_000, "S/~1,000.00");
        check(Language::En, "PE", "PEN", 123_456_750, "S/~1,234,567.50");
        check(Language::Es, "PE", "USD", 110_000_000, "US$~1,100,000.00");
        check(Language::Es, "BO", "BOB", 123_450, "Bs~1.234,50");
        check(Language::Es, "FR", "EUR", 123_450, "1234,50~€");
        check(Language::Es, "FR", "EUR", 370_000_000, "3.700.000,00~€");
        check(Language::Es, "CL", "CLP", 1234, "CLP~1.234");
        check(Language::Es, "PE", "PEN", 0, "S/~0.00");
    }

    #[test]
    fn percentages_counts_and_axis_labels() {
        let style = NumberStyle::new(Language::Es, "PE");
        assert_eq!(style.percent(Decimal::new(460, 1)), "46.0%");
        assert_eq!(NumberStyle::new(Language::Es, "ES").percent(Decimal::new(46, 0)), "46\u{a0}%");
        assert_eq!(style.count(-1_341), "-1,341");
        assert_eq!(style.compact(2_000_000_000, Currency::PEN), "20\u{a0}M");
        assert_eq!(style.compact(250_000, Currency::PEN), "2.5\u{a0}k");
        assert_eq!(style.compact(0, Currency::PEN), "0");
    }
}
