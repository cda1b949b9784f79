//! The site's entry: everything is in the library.

fn main() {
    yupay::web::start::start();
}
