//! The worker's entry: everything is in the library.

fn main() {
    yupay::loader::start();
}
