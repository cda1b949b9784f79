//! HTML as a text. Whatever goes in as text, or as the value of an attribute, is escaped on its way.

/// HTML under way.
#[derive(Debug, Clone, Default)]
pub(super) struct Html(String);

/// Names and values.
pub(super) type Attributes<'a> = &'a [(&'static str, &'a str)];

impl Html {
    /// Begins an element, which [`Html::end`] ends.
    pub fn begin(&mut self, name: &'static str, attributes: Attributes<'_>) {
        self.0.push('<');
        self.0.push_str(name);
        for (name, value) in attributes {
            self.0.push(' ');
            self.0.push_str(name);
            self.0.push_str("=\"");
            self.text(value);
            self.0.push('"');
        }
        self.0.push('>');
    }

    /// Ends an element.
    pub fn end(&mut self, name: &'static str) {
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
    }

    /// Text.
    pub fn text(&mut self, text: &str) {
        for character in text.chars() {
            match character {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                other => self.0.push(other),
            }
        }
    }

    /// An element with nothing but text in it.
    pub fn leaf(&mut self, name: &'static str, attributes: Attributes<'_>, text: &str) {
        self.begin(name, attributes);
        self.text(text);
        self.end(name);
    }

    /// The whole.
    pub fn into_text(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_outside_is_markup() {
        let mut html = Html::default();
        html.begin("td", &[("data-key", "\"><img src=x>"), ("data-role", "cost")]);
        html.leaf("b", &[], "Plaza & <script>");
        html.end("td");
        let expected =
            "<td data-key=\"&quot;&gt;&lt;img src=x&gt;\" data-role=\"cost\"><b>Plaza &amp; &lt;script&gt;</b></td>";
        assert_eq!(html.into_text(), expected);
    }
}
