//! `yupay import`: a foreign CSV of projects or budget lines becomes a package, by a map that says what each column is.
//!
//! Owns: the map, the conversion, and the count of every row and every amount on both sides. Refuses: guessing at a
//! date's order or a number's marks, and dropping a row without writing it down.

mod cell;
mod codes;
mod convert;
mod descriptor;
mod map;
mod roles;
mod sheet;
mod tables;
mod write;

use std::io;

use encoding_rs::UTF_8;
use rust_decimal::Decimal;

use self::convert::{Conversion, MoneySum};
use self::map::Plan;
use self::sheet::Sheet;
use super::command::ImportArgs;
use super::{CLEAN, Failure, PROBLEMS, Terminal, check, read, visible};
use crate::money::format::NumberStyle;

/// Rows set aside that are shown on screen; the file has them all.
const SHOWN_AT_MOST: usize = 20;

/// Converts the file, writes the package, and reads it back.
pub(super) fn run(args: &ImportArgs, terminal: &mut Terminal<'_>) -> Result<u8, Failure> {
    let map = read::whole_file(&args.map)?;
    let map = String::from_utf8(map);
    let map = map.map_err(|_not_utf8| Failure::said("map.not-text", [("path", &read::shown(&args.map))]))?;
    let plan = Plan::read(&map)?;
    write::refuse_full_folder(&args.out, args.force)?;
    let sheet = Sheet::read(&plan, &read::whole_file(&args.file)?)?;
    let conversion = convert::convert(&plan, &sheet)?;
    if let Some(sum) = conversion.sums.iter().find(|sum| !sum.balances()) {
        return Err(Failure::said("import.unbalanced", [("column", &sum.label)]));
    }
    write::write(&plan, &sheet, &conversion, &args.out, terminal.words)?;
    summary(args, &plan, &sheet, &conversion, terminal)?;
    let (package, report) = read::package_files(&args.out)?.load();
    writeln!(terminal.out)?;
    check::text(terminal, &args.out, &package, &report)?;
    Ok(if conversion.aside.is_empty() && report.is_clean() { CLEAN } else { PROBLEMS })
}

fn summary(
    args: &ImportArgs,
    plan: &Plan,
    sheet: &Sheet,
    conversion: &Conversion,
    terminal: &mut Terminal<'_>,
) -> io::Result<()> {
    let (words, out) = (terminal.words, &mut *terminal.out);
    let style = NumberStyle::new(words.language(), &plan.map.package.country);
    let plural = |key: &str, count: u64| {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        words.plural(key, count, &[("n", &style.count(count))])
    };
    writeln!(out, "{}", words.fill("import.from", &[("path", &visible(&read::shown(&args.file)))]))?;
    if plan.encoding != UTF_8 {
        writeln!(out, "  {}", words.fill("import.encoding", &[("encoding", plan.encoding.name())]))?;
    }
    let (rows, kept, aside) = (sheet.rows.len() as u64, conversion.rows.len() as u64, conversion.aside.len() as u64);
    let counts = [
        ("rows", plural("import.rows", rows)),
        ("read", style.count(clamp(kept))),
        ("aside", style.count(clamp(aside))),
    ];
    writeln!(
        out,
        "  {}",
        words.fill("import.counts", &counts.each_ref().map(|(name, value)| (*name, value.as_str())))
    )?;
    if sheet.blank_rows > 0 {
        writeln!(out, "  {}", plural("import.blank", sheet.blank_rows))?;
    }
    for sum in &conversion.sums {
        writeln!(out, "  {}", money_line(sum, plan, &style, terminal.words))?;
    }
    let listed: Vec<String> =
        conversion.aside.iter().take(SHOWN_AT_MOST).flat_map(|aside| aside.in_words(words)).collect();
    if !listed.is_empty() {
        let file = visible(&read::shown(&args.out.join(write::SET_ASIDE_FILE)));
        writeln!(out, "{}", words.fill("import.aside", &[("file", &file)]))?;
    }
    for line in listed {
        writeln!(out, "  {}", visible(&line))?;
    }
    match conversion.aside.len().saturating_sub(SHOWN_AT_MOST) {
        0 => Ok(()),
        more => writeln!(out, "  {}", plural("import.more", more as u64)),
    }
}

/// `monto (agreed_amount): leído 100.00 + apartado 20.00 = 120.00 en el archivo; 1 importe ilegible`.
fn money_line(sum: &MoneySum, plan: &Plan, style: &NumberStyle, words: &crate::text::Catalog) -> String {
    let exponent = u32::from(plan.currency.exponent());
    // 64-bit amounts in at most 2^32 rows stay within the 96 bits of a decimal.
    let amount = |minor| {
        Decimal::try_from_i128_with_scale(minor, exponent).map_or_else(|_| format!("{minor}"), |sum| style.number(sum))
    };
    let unreadable = match sum.unreadable {
        0 => String::new(),
        count => format!(
            "; {}",
            words.plural("check.amounts-unreadable", clamp(count), &[("n", &style.count(clamp(count)))])
        ),
    };
    let args = [
        ("label", visible(&sum.label)),
        ("column", sum.role.column.to_owned()),
        ("read", amount(sum.read)),
        ("aside", amount(sum.aside)),
        ("file", amount(sum.file)),
        ("currency", plan.currency.to_string()),
        ("unreadable", unreadable),
    ];
    words.fill("import.money", &args.each_ref().map(|(name, value)| (*name, value.as_str())))
}

fn clamp(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
