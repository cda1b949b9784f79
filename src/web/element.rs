//! One way to make any element: every view of it has the same type, and is compiled into the page once. As macros, the page of
//! works weighed some 30 kB (brotli) more.

use leptos::attr::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::attr::custom::custom_attribute;
use leptos::html::custom;
use leptos::prelude::*;

/// A name and a value; without a value the attribute is left out.
pub(super) type Attribute = (&'static str, Option<String>);

/// An attribute that is there.
pub(super) fn is(name: &'static str, value: &str) -> Attribute {
    (name, Some(value.to_owned()))
}

/// An attribute without a value, or none.
pub(super) fn flag(name: &'static str, is_set: bool) -> Attribute {
    (name, is_set.then(String::new))
}

/// An element. Tags are written large, as a browser tells them of the page it has: written small, it would take each for
/// another one and make it anew, and the focus would be lost.
pub(super) fn element(tag: &'static str, attributes: Vec<Attribute>, children: Vec<AnyView>) -> AnyView {
    let given = attributes.into_iter().filter_map(|(name, value)| Some(custom_attribute(name, value?).into_any_attr()));
    custom(tag).add_any_attr(given.collect::<Vec<AnyAttribute>>()).child(children).into_any()
}

/// An element with words in it.
pub(super) fn said(tag: &'static str, attributes: Vec<Attribute>, words: String) -> AnyView {
    element(tag, attributes, vec![words.into_any()])
}

/// A link to another view of the page.
pub(super) fn link(href: String, mut attributes: Vec<Attribute>, children: Vec<AnyView>) -> AnyView {
    attributes.extend([flag("data-view", true), ("href", Some(href))]);
    element("A", attributes, children)
}

/// Words.
pub(super) fn words(words: impl Into<String>) -> AnyView {
    let words: String = words.into();
    words.into_any()
}

/// What may be wider than the page, in a frame of its own.
pub(super) fn framed(label: String, inside: AnyView) -> AnyView {
    let attributes =
        vec![is("class", "scroll"), is("tabindex", "0"), is("role", "region"), ("aria-label", Some(label))];
    element("DIV", attributes, vec![inside])
}

/// What a canvas lies over.
pub(super) fn charted(chart: &str, inside: AnyView) -> AnyView {
    element("DIV", vec![is("class", "chart")], vec![inside, canvas(chart)])
}

/// A canvas; it says nothing to a screen reader that what is beside it does not say.
pub(super) fn canvas(chart: &str) -> AnyView {
    element("CANVAS", vec![is("data-chart", chart), is("aria-hidden", "true")], Vec::new())
}

/// The head of a column.
pub(super) fn head(text: String) -> AnyView {
    said("TH", vec![is("scope", "col")], text)
}

/// A table: what it is by, its caption where it has one, the heads of its columns, its rows and those of its foot.
pub(super) fn table(
    by: &str,
    caption: Option<AnyView>,
    heads: Vec<AnyView>,
    rows: Vec<AnyView>,
    foot: Vec<AnyView>,
) -> AnyView {
    let group = |tag: &'static str, inside: Vec<AnyView>| element(tag, Vec::new(), inside);
    let mut parts: Vec<AnyView> = caption.into_iter().collect();
    parts.extend([group("THEAD", vec![group("TR", heads)]), group("TBODY", rows)]);
    if !foot.is_empty() {
        parts.push(group("TFOOT", foot));
    }
    element("TABLE", vec![is("data-by", by)], parts)
}
