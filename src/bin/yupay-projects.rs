//! The entry of the program of the page `/projects/`: everything is in the library.

fn main() {
    yupay::web::start::start(yupay::web::projects::PAGE, yupay::web::start::projects_words);
}
