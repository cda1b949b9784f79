//! Where a reader is on the page: what has the focus, and how far it is scrolled.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// A place that outlives the elements it was found by.
pub(super) struct Place {
    scroll_px: f64,
    focus: Option<(String, u32)>,
}

impl Place {
    /// Where the reader is now.
    pub fn now() -> Self {
        let focus = document().active_element().and_then(|element| {
            let selector = selector(&element)?;
            let alike = document().query_selector_all(&selector).ok()?;
            let nth = (0..alike.length())
                .find(|&nth| alike.get(nth).is_some_and(|node| node.is_same_node(Some(&element))))?;
            Some((selector, nth))
        });
        Self { scroll_px: window().scroll_y().unwrap_or_default(), focus }
    }

    /// Brings the reader back, once the page is drawn anew.
    pub fn restore(self) {
        request_animation_frame(move || {
            let again = self.focus.and_then(|(selector, nth)| document().query_selector_all(&selector).ok()?.get(nth));
            if let Some(element) = again.and_then(|node| node.dyn_into::<HtmlElement>().ok()) {
                drop(element.focus());
            }
            window().scroll_to_with_x_and_y(window().scroll_x().unwrap_or_default(), self.scroll_px);
        });
    }
}

/// What finds an element that can have the focus, with those like it: its name, and its `id` or where it leads.
fn selector(element: &Element) -> Option<String> {
    let name = element.local_name();
    let of = |attribute: &str| {
        let value = element.get_attribute(attribute)?;
        Some(format!("{name}[{attribute}=\"{}\"]", value.replace('\\', "\\\\").replace('"', "\\\"")))
    };
    let known = ["id", "href", "class", "tabindex"].into_iter().find_map(of);
    // Nobody has moved where the page itself has it.
    if name == "body" { None } else { Some(known.unwrap_or(name)) }
}
