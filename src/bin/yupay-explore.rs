//! The entry of the program of the page `/explore/`: everything is in the library.

fn main() {
    yupay::web::start::start(yupay::web::explore::PAGE, yupay::web::start::explore_words);
}
