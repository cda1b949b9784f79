//! The command's entry: hands the process's arguments and streams to the library.

use std::io::{self, BufWriter};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut stdout = BufWriter::new(io::stdout().lock());
    let mut stderr = io::stderr().lock();
    ExitCode::from(yupay::cli::run(std::env::args_os().skip(1), &mut stdout, &mut stderr))
}
