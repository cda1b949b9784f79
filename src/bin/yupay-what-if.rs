//! The entry of the what-if page's program: everything is in the library.

fn main() {
    yupay::web::start::start(yupay::web::what_if::PAGE, yupay::web::start::what_if_words);
}
