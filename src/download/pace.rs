//! Long work in short tasks: a touch on the page is answered in between.

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageChannel, Performance};

use super::LAST_BREATH;

/// A task works no longer than this, in milliseconds; four times as long on a phone four times slower, and still no more
/// than the 50 ms from which a task counts as long.
const TASK: f64 = 8.0;

/// Lets the page have its turn, if the work has gone on long enough. In a worker there is no page to hold up.
pub async fn breathe() {
    let Some(clock) = web_sys::window().and_then(|window| window.performance()) else { return };
    let since = clock.now() - LAST_BREATH.get();
    if since < TASK {
        return;
    }
    turn(&clock).await;
}

/// A message to oneself comes back in a new task, after what else waits.
async fn turn(clock: &Performance) {
    let Ok(channel) = MessageChannel::new() else { return };
    let come_back = Promise::new(&mut |resolve, _reject| {
        channel.port1().set_onmessage(Some(&resolve));
        // Without a channel the work goes on at once, which is slow for the page and right for the figures.
        if channel.port2().post_message(&JsValue::NULL).is_err() {
            drop(resolve.call0(&JsValue::NULL));
        }
    });
    drop(JsFuture::from(come_back).await);
    LAST_BREATH.set(clock.now());
}
