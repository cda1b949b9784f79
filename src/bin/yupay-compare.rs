//! The entry of the program of the page `/compare/`: everything is in the library.

fn main() {
    yupay::web::start::start(yupay::web::compare::PAGE, yupay::web::start::compare_words);
}
