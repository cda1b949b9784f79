//! Arguments in two steps: what was typed, then what it means.

mod allocate;
mod fund;

use std::ffi::OsString;
use std::path::PathBuf;

use super::Failure;
use super::command::{AnswerFormat, CheckArgs, Command, ImportArgs, NamedKey, PackArgs, ShowArgs, ShowOrder};
use crate::budget::Stage;
use crate::engine::{Key, YearBasis};
use crate::money::Currency;
use crate::money::format::Language;

const FLAGS: [&str; 3] = ["help", "version", "force"];
const WITH_VALUE: &[&str] = &[
    "lang",
    "format",
    "by",
    "where",
    "search",
    "stage",
    "years",
    "currency",
    "order",
    "top",
    "map",
    "out",
    "year",
    "rule",
    "weights",
    "fund",
    "flat-floor",
    "minimum",
    "cap",
    "set-aside",
    "section",
    "satisfaction",
    "completion",
    "budget",
    "time-limit",
    "write",
];

/// What each command takes, apart from `--lang` and `--help`.
const TAKES: &[(&str, &[&str])] = &[
    ("check", &["format"]),
    ("show", &["by", "where", "search", "stage", "years", "currency", "order", "top", "format"]),
    ("import", &["map", "out", "force"]),
    ("pack", &["out"]),
    ("allocate", &["year", "rule", "weights", "fund", "flat-floor", "minimum", "cap", "set-aside", "format"]),
    ("fund", &["year", "section", "rule", "satisfaction", "completion", "budget", "time-limit", "format", "write"]),
];

/// The language to speak, known before anything else so that a complaint about arguments is understood.
pub(super) fn language_of(args: &[OsString]) -> Language {
    let mut spoken = Language::Es;
    let mut follows = false;
    for arg in args.iter().filter_map(|arg| arg.to_str()) {
        let tag = if follows { Some(arg) } else { arg.strip_prefix("--lang=") };
        spoken = tag.and_then(Language::from_tag).unwrap_or(spoken);
        follows = arg == "--lang";
    }
    spoken
}

/// Reads the arguments.
pub(super) fn command(args: Vec<OsString>) -> Result<Command, Failure> {
    let typed = Typed::read(args)?;
    let help = |command: &str| match command {
        "check" => "help.check",
        "show" => "help.show",
        "import" => "help.import",
        "pack" => "help.pack",
        "allocate" => "help.allocate",
        "fund" => "help.fund",
        _ => "help.main",
    };
    typed.one_of("lang", &["es", "en"], "es")?;
    let name = typed.name();
    if typed.has("help") {
        return Ok(Command::Help(help(name)));
    }
    if typed.has("version") {
        return Ok(Command::Version);
    }
    if name.is_empty() {
        return Ok(Command::Nothing);
    }
    let Some(&(name, takes)) = TAKES.iter().find(|(known, _)| *known == name) else {
        let known: Vec<&str> = TAKES.iter().map(|(known, _)| *known).collect();
        return Err(Failure::said("usage.unknown-command", [("value", name), ("choices", &known.join(", "))]));
    };
    let foreign = typed.options.iter().find(|(option, _)| *option != "lang" && !takes.contains(option));
    if let Some((option, _)) = foreign {
        return Err(Failure::said(
            "usage.foreign-option",
            [("option", option), ("command", name), ("choices", &dashed(takes))],
        ));
    }
    match name {
        "check" => typed.check(),
        "show" => typed.show(),
        "pack" => typed.pack(),
        "allocate" => typed.allocate(),
        "fund" => typed.fund(),
        _ => typed.import(),
    }
}

/// What was typed, before anything is made of it.
struct Typed {
    command: Option<String>,
    paths: Vec<PathBuf>,
    options: Vec<(&'static str, OsString)>,
}

impl Typed {
    fn read(args: Vec<OsString>) -> Result<Self, Failure> {
        let mut typed = Self { command: None, paths: Vec::new(), options: Vec::new() };
        let mut parser = lexopt::Parser::from_args(args);
        while let Some(arg) = parser.next().map_err(|error| refused(&error))? {
            let long = match arg {
                lexopt::Arg::Value(value) => {
                    match (&typed.command, value.to_str()) {
                        (None, Some(name)) => typed.command = Some(name.to_owned()),
                        _ => typed.paths.push(value.into()),
                    }
                    continue;
                }
                lexopt::Arg::Short('h') => "help".to_owned(),
                lexopt::Arg::Short('V') => "version".to_owned(),
                lexopt::Arg::Short(letter) => return Err(unknown_option(&format!("-{letter}"))),
                lexopt::Arg::Long(name) => name.to_owned(),
            };
            let known = |names: &[&'static str]| names.iter().copied().find(|name| *name == long);
            if let Some(flag) = known(&FLAGS) {
                typed.options.push((flag, OsString::new()));
            } else if let Some(option) = known(WITH_VALUE) {
                let value = parser.value().map_err(|error| refused(&error))?;
                typed.options.push((option, value));
            } else {
                return Err(unknown_option(&format!("--{long}")));
            }
        }
        Ok(typed)
    }

    fn has(&self, option: &str) -> bool {
        self.options.iter().any(|(name, _)| *name == option)
    }

    /// Every value an option was given.
    fn all(&self, option: &'static str) -> impl Iterator<Item = &OsString> {
        self.options.iter().filter(move |(name, _)| *name == option).map(|(_, value)| value)
    }

    /// The one value of an option that may stand once.
    fn once(&self, option: &'static str) -> Result<Option<&OsString>, Failure> {
        let mut values = self.all(option);
        match (values.next(), values.next()) {
            (_, Some(_)) => Err(Failure::said("usage.twice", [("option", option)])),
            (value, None) => Ok(value),
        }
    }

    fn text(&self, option: &'static str) -> Result<Option<String>, Failure> {
        self.once(option)?.map(as_text).transpose()
    }

    /// A value out of a list, or the default.
    fn one_of(
        &self,
        option: &'static str,
        choices: &[&'static str],
        default: &'static str,
    ) -> Result<&'static str, Failure> {
        let Some(value) = self.text(option)? else { return Ok(default) };
        let known = choices.iter().copied().find(|choice| *choice == value);
        known.ok_or_else(|| unknown_value(option, &value, &choices.join(", ")))
    }

    fn required(&self, option: &'static str) -> Result<PathBuf, Failure> {
        let value = self.once(option)?.filter(|value| !value.is_empty());
        let needed = || Failure::said("usage.option-needed", [("option", option), ("command", self.name())]);
        value.map(PathBuf::from).ok_or_else(needed)
    }

    fn one_path(&self, what: &'static str) -> Result<PathBuf, Failure> {
        match self.paths.as_slice() {
            [path] => Ok(path.clone()),
            _ => Err(Failure::said(what, [("count", &self.paths.len().to_string()), ("command", self.name())])),
        }
    }

    fn name(&self) -> &str {
        self.command.as_deref().unwrap_or_default()
    }

    fn check(self) -> Result<Command, Failure> {
        let as_json = self.one_of("format", &["text", "json"], "text")? == "json";
        if self.paths.is_empty() {
            return Err(Failure::said("usage.package-needed", [("count", "0")]));
        }
        Ok(Command::Check(CheckArgs { packages: self.paths, as_json }))
    }

    fn show(self) -> Result<Command, Failure> {
        let basis = match self.one_of("years", &["round", "fiscal"], "round")? {
            "fiscal" => YearBasis::Fiscal,
            _ => YearBasis::Round,
        };
        let mut by: Vec<NamedKey> = Vec::new();
        for value in self.all("by") {
            let key = named_key("by", &as_text(value)?, basis)?;
            if by.contains(&key) {
                return Err(Failure::said("usage.by-twice", [("value", &key.name)]));
            }
            by.push(key);
        }
        let mut wheres = Vec::new();
        for condition in self.all("where") {
            let condition = as_text(condition)?;
            let Some((key, value)) = condition.split_once('=').filter(|(_, value)| !value.is_empty()) else {
                return Err(Failure::said("usage.where", [("value", &condition)]));
            };
            wheres.push((named_key("where", key, basis)?, (value != "-").then(|| value.to_owned())));
        }
        let currency = self.text("currency")?.map(|code| {
            let parsed = code.parse::<Currency>();
            parsed.map_err(|_not_a_currency| Failure::said("usage.currency", [("value", &code)]))
        });
        let format = self.answer_format()?;
        let order = match self.one_of("order", &["declared", "amount", "count"], "declared")? {
            "amount" => ShowOrder::Amount,
            "count" => ShowOrder::Count,
            _ => ShowOrder::Declared,
        };
        let search = self.text("search")?;
        if search.as_ref().is_some_and(String::is_empty) {
            return Err(Failure::said("usage.value-needed", [("option", "search")]));
        }
        let package = self.one_path("usage.one-package")?;
        let (stages, currency, top) = (self.stages()?, currency.transpose()?, self.top()?);
        let search = search.unwrap_or_default();
        Ok(Command::Show(ShowArgs { package, by, wheres, search, stages, currency, order, top, format }))
    }

    fn answer_format(&self) -> Result<AnswerFormat, Failure> {
        Ok(match self.one_of("format", &["table", "csv", "json"], "table")? {
            "csv" => AnswerFormat::Csv,
            "json" => AnswerFormat::Json,
            _ => AnswerFormat::Table,
        })
    }

    /// How many groups are wanted: at least one.
    fn top(&self) -> Result<Option<usize>, Failure> {
        let Some(typed) = self.text("top")? else { return Ok(None) };
        match typed.parse() {
            Ok(top) if top > 0 => Ok(Some(top)),
            _ => Err(Failure::said("usage.top", [("value", &typed)])),
        }
    }

    fn stages(&self) -> Result<Vec<Stage>, Failure> {
        match self.text("stage")?.as_deref() {
            None => Ok(vec![Stage::Agreed]),
            Some("all") => Ok(Stage::ALL.to_vec()),
            Some(name) => name.parse().map(|stage| vec![stage]).map_err(|()| {
                let choices: Vec<&str> = Stage::ALL.into_iter().map(Stage::name).chain(["all"]).collect();
                unknown_value("stage", name, &choices.join(", "))
            }),
        }
    }

    fn import(self) -> Result<Command, Failure> {
        let (map, out) = (self.required("map")?, self.required("out")?);
        if self.paths.is_empty() {
            return Err(Failure::said("usage.file-needed", []));
        }
        let force = self.has("force");
        Ok(Command::Import(ImportArgs { map, files: self.paths, out, force }))
    }

    fn pack(self) -> Result<Command, Failure> {
        let out = self.required("out")?;
        Ok(Command::Pack(PackArgs { package: self.one_path("usage.one-package")?, out }))
    }
}

fn named_key(option: &str, name: &str, basis: YearBasis) -> Result<NamedKey, Failure> {
    let key = if name == "year" { Some(basis.key()) } else { name.parse().ok() };
    let key = key.ok_or_else(|| {
        let choices: Vec<&str> = ["year"].into_iter().chain(Key::ALL.into_iter().map(Key::name)).collect();
        unknown_value(option, name, &choices.join(", "))
    });
    Ok(NamedKey { name: name.to_owned(), key: key? })
}

fn as_text(value: &OsString) -> Result<String, Failure> {
    let text = value.to_str().map(str::to_owned);
    text.ok_or_else(|| Failure::said("usage.not-text", [("value", &value.to_string_lossy())]))
}

fn unknown_value(option: &str, value: &str, choices: &str) -> Failure {
    Failure::said("usage.unknown-value", [("option", option), ("value", value), ("choices", choices)])
}

fn unknown_option(option: &str) -> Failure {
    Failure::said("usage.unknown-option", [("option", option)])
}

fn dashed(options: &[&str]) -> String {
    let dashed: Vec<String> = options.iter().chain(&["lang", "help"]).map(|option| format!("--{option}")).collect();
    dashed.join(", ")
}

fn refused(error: &lexopt::Error) -> Failure {
    match error {
        lexopt::Error::MissingValue { option } => {
            let option = option.clone().unwrap_or_default();
            Failure::said("usage.value-needed", [("option", option.trim_start_matches('-'))])
        }
        lexopt::Error::UnexpectedValue { option, value } => {
            let option = option.trim_start_matches('-');
            Failure::said("usage.value-unwanted", [("option", option), ("value", &value.to_string_lossy())])
        }
        other => Failure::said("usage.not-read", [("reason", &other.to_string())]),
    }
}
