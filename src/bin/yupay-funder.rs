//! The entry of the worker that says who gets funded: everything is in the library.

fn main() {
    yupay::funder::worker::start();
}
