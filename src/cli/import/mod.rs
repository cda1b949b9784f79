//! `yupay import`: foreign CSV files of projects or budget lines become a package, by a map that says what each column is.
//!
//! Owns: the map, the conversion, and the count of every row and every amount on both sides. Refuses: guessing at a
//! date's order or a number's marks, and dropping a row without writing it down.

mod aside;
mod cell;
mod codes;
mod columns;
mod convert;
mod descriptor;
mod headings;
mod layout;
mod map;
mod records;
mod roles;
mod sheet;
mod tables;
mod write;

use std::io;
use std::path::{Path, PathBuf};

use encoding_rs::UTF_8;
use rust_decimal::Decimal;

use self::aside::SetAside;
use self::convert::{Conversion, ConvertedFile, Converter, MoneySum};
use self::layout::Layout;
use self::map::Plan;
use self::sheet::Sheet;
use super::command::ImportArgs;
use super::{CLEAN, Failure, PROBLEMS, Terminal, check, read, visible};
use crate::money::format::NumberStyle;
use crate::text::Catalog;

/// Converts the files, writes the package, and reads it back.
pub(super) fn run(args: &ImportArgs, terminal: &mut Terminal<'_>) -> Result<u8, Failure> {
    let map = read::whole_file(&args.map)?;
    let map = String::from_utf8(map);
    let map = map.map_err(|_not_utf8| Failure::said("map.not-text", [("path", &read::shown(&args.map))]))?;
    let plan = Plan::read(&map)?;
    write::refuse_full_folder(&args.out, args.force)?;
    let inputs = inputs(&plan, &args.files)?;
    // Every file's columns are looked up before anything is written.
    let labels = inputs.iter().map(|input| Ok(input.open()?.labels)).collect::<Result<Vec<_>, Failure>>()?;
    let aside_path = args.out.join(write::SET_ASIDE_FILE);
    let aside = Box::new(write::begin(&args.out)?);
    let aside = SetAside::new(aside, read::shown(&aside_path), terminal.words, &labels)?;
    let mut converter = Converter::new(&plan, aside);
    for input in &inputs {
        converter.file(&input.name, input.open()?)?;
    }
    let (conversion, aside) = converter.finish()?;
    write::write(&plan, &conversion, &args.out)?;
    summary(&inputs, &plan, &conversion, &aside, terminal)?;
    drop(conversion);
    let (package, report) = read::package_files(&args.out)?.load();
    writeln!(terminal.out)?;
    check::text(terminal, &args.out, &package, &report)?;
    Ok(if aside.rows == 0 && report.is_clean() { CLEAN } else { PROBLEMS })
}

/// A foreign file and how it is written.
struct Input<'a> {
    path: &'a Path,
    layout: &'a Layout,
    /// What the package calls it.
    name: String,
}

impl<'a> Input<'a> {
    fn open(&self) -> Result<Sheet<'a>, Failure> {
        Sheet::open(self.layout, self.path)
    }
}

/// The files with their layouts and names. A file of no layout or of two is refused, and so are two of one name: they may
/// be one file, counted twice.
fn inputs<'a>(plan: &'a Plan, paths: &'a [PathBuf]) -> Result<Vec<Input<'a>>, Failure> {
    let mut inputs: Vec<Input<'a>> = Vec::new();
    for path in paths {
        let layouts: Vec<&Layout> = plan.layouts.iter().filter(|layout| layout.is_for(path)).collect();
        let &[layout] = layouts.as_slice() else {
            let known: Vec<&str> = plan.layouts.iter().map(|layout| layout.path.as_str()).collect();
            let said = [("path", read::shown(path)), ("choices", known.join(", "))];
            let said = said.each_ref().map(|(name, value)| (*name, value.as_str()));
            return Err(Failure::said("import.file-unknown", said));
        };
        let name = if layout.name.is_empty() { stem(path) } else { layout.name.clone() };
        if inputs.iter().any(|known| known.name == name) {
            return Err(Failure::said("import.file-twice", [("value", &name)]));
        }
        inputs.push(Input { path, layout, name });
    }
    Ok(inputs)
}

/// A file's name without its ending, or the two of a packed one.
fn stem(path: &Path) -> String {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let unpacked = name.strip_suffix(".gz").unwrap_or(&name);
    unpacked.rsplit_once('.').map_or(unpacked, |(stem, _)| stem).to_owned()
}

fn summary(
    inputs: &[Input<'_>],
    plan: &Plan,
    conversion: &Conversion,
    aside: &SetAside<'_>,
    terminal: &mut Terminal<'_>,
) -> io::Result<()> {
    let page = Page {
        plan,
        words: terminal.words,
        style: NumberStyle::new(terminal.words.language(), &plan.map.package.country),
    };
    let out = &mut *terminal.out;
    for (input, file) in inputs.iter().zip(&conversion.files) {
        for line in page.file(input, file) {
            writeln!(out, "{line}")?;
        }
    }
    if !aside.shown.is_empty() {
        writeln!(out, "{}", page.words.fill("import.aside", &[("file", &visible(&aside.path))]))?;
    }
    for line in &aside.shown {
        writeln!(out, "  {}", visible(line))?;
    }
    match aside.rows.saturating_sub(aside.rows_shown) {
        0 => Ok(()),
        more => writeln!(out, "  {}", page.plural("import.more", more)),
    }
}

/// The words and numbers of the summary.
struct Page<'a> {
    plan: &'a Plan,
    words: &'a Catalog,
    style: NumberStyle,
}

impl Page<'_> {
    fn plural(&self, key: &str, count: u64) -> String {
        self.words.plural(key, clamp(count), &[("n", &self.style.count(clamp(count)))])
    }

    /// What became of a file: its rows, and then each of its columns of amounts.
    fn file(&self, input: &Input<'_>, file: &ConvertedFile) -> Vec<String> {
        let mut lines = vec![self.words.fill("import.from", &[("path", &visible(&read::shown(input.path)))])];
        let encoding = input.layout.encoding;
        if encoding != UTF_8 {
            lines.push(format!("  {}", self.words.fill("import.encoding", &[("encoding", encoding.name())])));
        }
        let counts = [
            ("rows", self.plural("import.rows", file.rows)),
            ("read", self.style.count(clamp(file.kept))),
            ("aside", self.style.count(clamp(file.aside))),
        ];
        let counts = counts.each_ref().map(|(name, value)| (*name, value.as_str()));
        lines.push(format!("  {}", self.words.fill("import.counts", &counts)));
        if file.blank > 0 {
            lines.push(format!("  {}", self.plural("import.blank", file.blank)));
        }
        lines.extend(file.sums.iter().map(|sum| format!("  {}", self.money(sum))));
        lines
    }

    /// `monto (agreed_amount): leído 100.00 + apartado 20.00 = 120.00 en el archivo; 1 importe ilegible`.
    fn money(&self, sum: &MoneySum) -> String {
        let exponent = u32::from(self.plan.currency.exponent());
        // 64-bit amounts in at most 2^32 rows stay within the 96 bits of a decimal.
        let amount = |minor| {
            let sum = Decimal::try_from_i128_with_scale(minor, exponent);
            sum.map_or_else(|_| format!("{minor}"), |sum| self.style.number(sum))
        };
        let unreadable = match sum.unreadable {
            0 => String::new(),
            count => format!("; {}", self.plural("check.amounts-unreadable", count)),
        };
        let args = [
            ("label", visible(&sum.label)),
            ("column", sum.role.column.to_owned()),
            ("read", amount(sum.read)),
            ("aside", amount(sum.aside)),
            ("file", amount(sum.file)),
            ("currency", self.plan.currency.to_string()),
            ("unreadable", unreadable),
        ];
        self.words.fill("import.money", &args.each_ref().map(|(name, value)| (*name, value.as_str())))
    }
}

fn clamp(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
