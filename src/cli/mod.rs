//! The publisher's command: `yupay check`, `yupay show`, `yupay import`, `yupay pack`, `yupay allocate`, `yupay fund`.
//!
//! Owns: arguments, files, what is printed and exit codes (0 clean, 1 problems, 2 wrong usage or unreadable). Refuses:
//! arithmetic of its own (sums come from `engine` and `dataset`), and sentences outside `public/text`.

mod allocate;
mod args;
mod check;
mod command;
mod fund;
mod import;
mod pack;
mod packed_state;
mod read;
mod render;
mod show;

use std::ffi::OsString;
use std::io::{self, ErrorKind, Write};

use crate::money::format::Language;
use crate::text::{Catalog, InvalidCatalog};
use command::Command;

/// Runs the command with the arguments after its name, and returns the exit code.
///
/// A reader that stops reading (`yupay show … | head`) is success: it had what it wanted.
pub fn run(args: impl IntoIterator<Item = OsString>, stdout: &mut dyn Write, stderr: &mut dyn Write) -> u8 {
    let args: Vec<OsString> = args.into_iter().collect();
    let words = match words(args::language_of(&args)) {
        Ok(words) => words,
        Err(error) => {
            drop(writeln!(stderr, "{error}"));
            return UNREADABLE;
        }
    };
    let mut terminal = Terminal { words: &words, out: stdout, err: stderr };
    let ended = dispatch(args, &mut terminal).and_then(|exit| {
        terminal.out.flush()?;
        Ok(exit)
    });
    match ended {
        Ok(exit) => exit,
        Err(Failure::Output(error)) if error.kind() == ErrorKind::BrokenPipe => CLEAN,
        Err(failure) => {
            // What was printed before the failure goes out first. With no stream left to say it on, the code is enough.
            let flushed = terminal.out.flush();
            let told = writeln!(terminal.err, "yupay: {}", failure.in_words(&words));
            drop((flushed, told));
            UNREADABLE
        }
    }
}

/// Nothing worse than a warning.
const CLEAN: u8 = 0;
/// The data has problems.
const PROBLEMS: u8 = 1;
/// Wrong usage, or something that could not be read or written.
const UNREADABLE: u8 = 2;

fn dispatch(args: Vec<OsString>, terminal: &mut Terminal<'_>) -> Result<u8, Failure> {
    match args::command(args)? {
        Command::Help(topic) => {
            writeln!(terminal.out, "{}", terminal.words.get(topic))?;
            Ok(CLEAN)
        }
        Command::Nothing => {
            writeln!(terminal.err, "{}", terminal.words.get("help.main"))?;
            Ok(UNREADABLE)
        }
        Command::Version => {
            writeln!(terminal.out, "yupay {}", env!("CARGO_PKG_VERSION"))?;
            Ok(CLEAN)
        }
        Command::Check(args) => check::run(&args, terminal),
        Command::Show(args) => show::run(&args, terminal),
        Command::Import(args) => import::run(&args, terminal),
        Command::Pack(args) => pack::run(&args, terminal),
        Command::Allocate(args) => allocate::run(&args, terminal),
        Command::Fund(args) => fund::run(&args, terminal),
    }
}

/// The words of a language: the pages', those of the problems, and the command's own.
fn words(language: Language) -> Result<Catalog, InvalidCatalog> {
    let files = match language {
        Language::Es => [
            include_str!("../../public/text/es.json"),
            include_str!("../../public/text/what-if.es.json"),
            include_str!("../../public/text/problems.es.json"),
            include_str!("../../public/text/cli.es.json"),
        ],
        Language::En => [
            include_str!("../../public/text/en.json"),
            include_str!("../../public/text/what-if.en.json"),
            include_str!("../../public/text/problems.en.json"),
            include_str!("../../public/text/cli.en.json"),
        ],
    };
    let [page, what_if, problems, own] = files.map(|file| Catalog::parse(language, file));
    Ok(page?.with(what_if?).with(problems?).with(own?))
}

/// Where the command prints, and in which words.
struct Terminal<'a> {
    words: &'a Catalog,
    out: &'a mut dyn Write,
    err: &'a mut dyn Write,
}

/// Why the command stopped.
#[derive(Debug)]
enum Failure {
    /// A stream could not be written to.
    Output(io::Error),
    /// Wrong usage, or something unreadable, to be said in words.
    Said(Sentence),
}

/// A sentence of the language files with what fills its places.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Sentence {
    key: &'static str,
    args: Vec<(&'static str, String)>,
}

impl Sentence {
    fn new<const N: usize>(key: &'static str, args: [(&'static str, &str); N]) -> Self {
        Self { key, args: args.into_iter().map(|(name, value)| (name, visible(value))).collect() }
    }

    fn in_words(&self, words: &Catalog) -> String {
        let args: Vec<(&str, &str)> = self.args.iter().map(|(name, value)| (*name, value.as_str())).collect();
        words.fill(self.key, &args)
    }
}

impl Failure {
    fn said<const N: usize>(key: &'static str, args: [(&'static str, &str); N]) -> Self {
        Self::Said(Sentence::new(key, args))
    }

    fn in_words(&self, words: &Catalog) -> String {
        match self {
            Self::Output(error) => words.fill("usage.output", &[("reason", &error.to_string())]),
            Self::Said(sentence) => sentence.in_words(words),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// A text from a file or an argument as it may be printed: a control character could move the cursor or hide a line.
fn visible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A stream nobody reads any more.
    struct Closed;

    impl Write for Closed {
        fn write(&mut self, _bytes: &[u8]) -> io::Result<usize> {
            Err(ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// A full disk.
    struct Full;

    impl Write for Full {
        fn write(&mut self, _bytes: &[u8]) -> io::Result<usize> {
            Err(ErrorKind::StorageFull.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_closed_pipe_is_success_and_a_full_disk_is_not() {
        let args = || ["--help"].map(OsString::from);
        let mut told = Vec::new();
        assert_eq!(run(args(), &mut Closed, &mut told), CLEAN);
        assert!(told.is_empty());
        assert_eq!(run(args(), &mut Full, &mut told), UNREADABLE);
        assert!(String::from_utf8(told).unwrap().starts_with("yupay: No se pudo escribir la salida"));
        assert_eq!(run(args(), &mut Full, &mut Full), UNREADABLE);
    }
}
