//! Links that come from the data: which are followed, and how a reader writes to the municipality.

/// A link of the data that may be followed: `http` and `https` only, with something after them. Anything else stays a text.
pub fn safe_href(link: &str) -> Option<&str> {
    let link = link.trim();
    let is_web = ["https://", "http://"].into_iter().any(|scheme| {
        let head = link.get(..scheme.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(scheme)) && link.len() > scheme.len()
    });
    (is_web && !link.chars().any(|letter| letter.is_control() || letter.is_whitespace())).then_some(link)
}

/// The link by which a reader tells the municipality something: its `mailto:` address with a subject and a first text, or its
/// own page. `None` for anything that is neither.
pub fn contact_href(contact: &str, subject: &str, body: &str) -> Option<String> {
    const MAIL: &str = "mailto:";
    if let Some(page) = safe_href(contact) {
        return Some(page.to_owned());
    }
    let contact = contact.trim();
    let (scheme, address) = contact.split_at_checked(MAIL.len())?;
    if !scheme.eq_ignore_ascii_case(MAIL) {
        return None;
    }
    // Its own subject, and other people it would be sent to, are left out.
    let address = address.split('?').next().unwrap_or_default();
    let is_plain = |letter: char| letter.is_alphanumeric() || "@.-_+%".contains(letter);
    let has_one_at = address.split('@').count() == 2 && !address.starts_with('@') && !address.ends_with('@');
    (has_one_at && address.chars().all(is_plain))
        .then(|| format!("{MAIL}{address}?subject={}&body={}", encoded(subject), encoded(body)))
}

/// Percent-encoded, a space too: a `+` is a plus in mail.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(byte.into()),
            _ => {
                out.push('%');
                for nibble in [byte >> 4, byte & 15] {
                    out.push(char::from_digit(nibble.into(), 16).unwrap_or('0').to_ascii_uppercase());
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_links_of_the_web_are_followed() {
        for (link, is_followed) in [
            ("https://www.munives.gob.pe/acta.pdf", true),
            (" HTTP://x.pe/ ", true),
            ("https://", false),
            ("javascript:alert(1)", false),
            ("data:text/html,x", false),
            ("java\nscript:x", false),
            ("https://x.pe/a b", false),
            ("//x.pe", false),
            ("ñhttps://x.pe", false),
            ("", false),
        ] {
            assert_eq!(safe_href(link).is_some(), is_followed, "{link:?}");
        }
    }

    #[test]
    fn a_reader_writes_to_the_municipality_and_to_nobody_else() {
        for (contact, expected) in [
            ("mailto:obras@munives.gob.pe", Some("mailto:obras@munives.gob.pe?subject=Obra%20V00%2D001&body=")),
            ("MAILTO:a@b.pe?cc=x@y.z", Some("mailto:a@b.pe?subject=Obra%20V00%2D001&body=")),
            ("https://www.munives.gob.pe/contacto", Some("https://www.munives.gob.pe/contacto")),
            ("mailto:", None),
            ("mailto:a@b,c@d", None),
            ("mailto:a@b\nBcc:x@y", None),
            ("javascript:x", None),
            ("ñ", None),
            ("obras@munives.gob.pe", None),
        ] {
            let expected = expected.map(|link| link.replace("%2D", "-"));
            assert_eq!(contact_href(contact, "Obra V00-001", ""), expected, "{contact:?}");
        }
        let link = contact_href("mailto:a@b.pe", "ñ & \"<", "línea\notra").unwrap();
        assert_eq!(link, "mailto:a@b.pe?subject=%C3%B1%20%26%20%22%3C&body=l%C3%ADnea%0Aotra");
    }
}
