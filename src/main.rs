//! The entry of the overview's program: everything is in the library.

fn main() {
    yupay::web::start::start(yupay::web::overview::PAGE, yupay::web::start::shared_words);
}
