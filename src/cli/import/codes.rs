//! Code lists made from a file's own values: codes, and the order they stand in.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::map::Entry;

/// What `dataset` calls works for the whole district in place of a section: no section may go by it.
pub(super) const RESERVED: &str = "district";

/// A code list from distinct names, in natural order (`Zona 2` before `Zona 10`), with a code for each.
pub(super) fn list_of(names: &BTreeSet<&str>) -> Vec<Entry> {
    let mut names: Vec<&str> = names.iter().copied().collect();
    names.sort_by(|left, right| natural(left, right));
    let mut taken = BTreeSet::from([RESERVED.to_owned()]);
    let named = names.into_iter().map(|name| {
        let stem = slug(name);
        let numbered = (2u32..).map(|number| format!("{stem}_{number}"));
        let id = std::iter::once(stem.clone()).chain(numbered).find(|id| !taken.contains(id)).unwrap_or(stem.clone());
        taken.insert(id.clone());
        Entry { id, label_es: name.to_owned(), ..Entry::default() }
    });
    named.collect()
}

/// A name as a code: ASCII letters and digits in lower case, everything else one `_`.
fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        let plain = if c.is_ascii_alphanumeric() { Some(c.to_string()) } else { without_accent(c).map(str::to_owned) };
        match plain {
            Some(letters) => slug.push_str(&letters),
            None if slug.is_empty() || slug.ends_with('_') => {}
            None => slug.push('_'),
        }
    }
    let slug = slug.trim_end_matches('_');
    if slug.is_empty() { "sin_codigo".to_owned() } else { slug.to_owned() }
}

/// The plain letters of an accented one, in the languages of Europe and Latin America.
fn without_accent(letter: char) -> Option<&'static str> {
    Some(match letter {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'é' | 'è' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => "e",
        'í' | 'ì' | 'î' | 'ï' | 'ĩ' | 'ī' => "i",
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' | 'ō' | 'ő' => "o",
        'ú' | 'ù' | 'û' | 'ü' | 'ũ' | 'ū' | 'ů' | 'ű' => "u",
        'ý' | 'ÿ' => "y",
        'ñ' | 'ń' | 'ň' => "n",
        'ç' | 'ć' | 'č' => "c",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ź' | 'ż' | 'ž' => "z",
        'ł' => "l",
        'ř' => "r",
        'ť' | 'ț' => "t",
        'ď' | 'đ' => "d",
        'ğ' => "g",
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        _ => return None,
    })
}

/// Digits compare as numbers, everything else as text; equal in that sense, then as plain text.
fn natural(left: &str, right: &str) -> Ordering {
    let (mut a, mut b) = (left, right);
    loop {
        let ((head_a, rest_a), (head_b, rest_b)) = (run(a), run(b));
        let by_run = match (is_number(head_a), is_number(head_b)) {
            (true, true) => {
                let (a, b) = (head_a.trim_start_matches('0'), head_b.trim_start_matches('0'));
                a.len().cmp(&b.len()).then_with(|| a.cmp(b))
            }
            _ => head_a.cmp(head_b),
        };
        if by_run != Ordering::Equal {
            return by_run;
        }
        if rest_a.is_empty() && rest_b.is_empty() {
            return left.cmp(right);
        }
        (a, b) = (rest_a, rest_b);
    }
}

/// The digits, or the text up to the next digit, that a text starts with; and the rest.
fn run(text: &str) -> (&str, &str) {
    let starts_with_digit = is_number(text);
    let end = text.find(|c: char| c.is_ascii_digit() != starts_with_digit).unwrap_or(text.len());
    text.split_at(end)
}

fn is_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_plain_and_never_shared() {
        let names = BTreeSet::from(["Santé", "Sante", "District", "Zona 10", "Zona 2", "水", "ÑANDÚ / œuvre"]);
        let list: Vec<(String, String)> = list_of(&names).into_iter().map(|entry| (entry.id, entry.label_es)).collect();
        let shown: Vec<(&str, &str)> = list.iter().map(|(id, name)| (id.as_str(), name.as_str())).collect();
        assert_eq!(
            shown,
            [
                ("district_2", "District"),
                ("sante", "Sante"),
                ("sante_2", "Santé"),
                ("zona_2", "Zona 2"),
                ("zona_10", "Zona 10"),
                ("nandu_oeuvre", "ÑANDÚ / œuvre"),
                ("sin_codigo", "水"),
            ]
        );
    }

    #[test]
    fn numbers_in_names_count_as_numbers() {
        let mut names = ["10", "9", "S10", "S9", "", "009", "1a", "1"];
        names.sort_by(|left, right| natural(left, right));
        assert_eq!(names, ["", "1", "1a", "009", "9", "10", "S9", "S10"]);
    }
}
