use wasm_bindgen::prelude::*;
use yupay::dataset::Probe;
use yupay::download::{Sink, download};
struct S(Probe);
impl Sink for S {
    fn room(&mut self, len: usize) -> &mut [u8] {
        self.0.room(len)
    }
    fn took(&mut self, len: usize) {
        self.0.took(len)
    }
    fn step(&mut self, end: bool) -> bool {
        self.0.step(end)
    }
}
thread_local! { static HELD: std::cell::RefCell<Option<S>> = const { std::cell::RefCell::new(None) }; }
#[wasm_bindgen]
pub async fn load(url: String) -> u32 {
    HELD.set(None);
    let mut s = S(Probe::new());
    download(&url, &mut s, &|_| ()).await.unwrap();
    let rows = s.0.rows() as u32;
    HELD.set(Some(s));
    rows
}
fn main() {}
