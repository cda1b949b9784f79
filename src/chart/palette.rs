//! The inks of a public notice: which roles exist and which colour each takes in each theme.
//!
//! Owns every colour a chart can use. Refuses colours given by callers and transparency: a shape
//! names a role, and the theme answers with an opaque colour.

use std::collections::BTreeMap;

/// An opaque colour: red, green and blue, 0 to 255 each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// The ground the reader asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Dark ink on warm paper.
    Light,
    /// Pale ink on a dark ground.
    Dark,
    /// Black and greys on white, for a sheet that may leave any printer or copier.
    Print,
}

/// The five colours of development dimensions, in their standing order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hue {
    /// Brick: the human dimension.
    Human,
    /// Green: the ecological dimension.
    Ecological,
    /// Blue: the urban dimension.
    Urban,
    /// Ochre: the economic dimension.
    Economic,
    /// Violet: the political and institutional dimension.
    Institutional,
}

impl Hue {
    /// Every hue in the order in which free ones are handed out.
    pub const ALL: [Self; 5] = [Self::Human, Self::Ecological, Self::Urban, Self::Economic, Self::Institutional];

    /// The hue that belongs to a dimension id, or `None` for an id without a colour of its own.
    fn of_id(id: &str) -> Option<Self> {
        match id {
            "human" => Some(Self::Human),
            "ecological" => Some(Self::Ecological),
            "urban" => Some(Self::Urban),
            "economic" => Some(Self::Economic),
            "institutional" => Some(Self::Institutional),
            _ => None,
        }
    }
}

/// What a filled area carries over its colour, drawn in paper. None of them runs diagonally:
/// diagonal hatching says "hypothetical" and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pattern {
    /// Plain colour.
    Solid,
    /// Small squares in rows.
    Dots,
    /// Horizontal bands.
    Bands,
    /// A fine grid.
    Cross,
    /// Vertical stripes.
    Stripes,
    /// A chessboard.
    Checks,
}

impl Pattern {
    /// Every pattern in the order in which they are handed out.
    pub const ALL: [Self; 6] = [Self::Solid, Self::Dots, Self::Bands, Self::Cross, Self::Stripes, Self::Checks];
}

/// How one series is told from the others: a hue and a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SeriesInk {
    /// The colour.
    pub hue: Hue,
    /// The pattern over the colour.
    pub pattern: Pattern,
}

/// The role a colour plays; the theme decides which colour that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// The ground.
    Paper,
    /// Text and official amounts.
    Ink,
    /// Secondary text and secondary bars.
    Muted,
    /// Hairlines that only guide the eye.
    Line,
    /// The faintest ink that still holds 3:1 on paper: outlines, dimmed bars.
    Edge,
    /// What can be touched, and what is chosen.
    Accent,
    /// A ground one step from paper.
    Soft,
    /// One series among several.
    Series(SeriesInk),
}

impl Ink {
    /// The pattern this ink brings along; everything but a series is solid.
    pub fn pattern(self) -> Pattern {
        match self {
            Self::Series(series) => series.pattern,
            _ => Pattern::Solid,
        }
    }
}

/// The colours of one theme. Every hue holds at least 3:1 on paper, text at least 4.5:1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Palette {
    paper: Rgb,
    ink: Rgb,
    muted: Rgb,
    line: Rgb,
    edge: Rgb,
    accent: Rgb,
    soft: Rgb,
    hues: [Rgb; 5],
}

const LIGHT: Palette = Palette {
    paper: Rgb(0xfb, 0xf8, 0xf2),
    ink: Rgb(0x1e, 0x1a, 0x16),
    muted: Rgb(0x5e, 0x56, 0x4c),
    line: Rgb(0xd9, 0xd1, 0xc4),
    edge: Rgb(0x8a, 0x80, 0x73),
    accent: Rgb(0x8c, 0x2f, 0x1b),
    soft: Rgb(0xf1, 0xea, 0xdd),
    hues: [
        Rgb(0x94, 0x40, 0x1f),
        Rgb(0x1a, 0x8c, 0x76),
        Rgb(0x26, 0x3e, 0x76),
        Rgb(0xaf, 0x8a, 0x18),
        Rgb(0x9c, 0x3b, 0xb8),
    ],
};

const DARK: Palette = Palette {
    paper: Rgb(0x16, 0x18, 0x1d),
    ink: Rgb(0xef, 0xea, 0xe2),
    muted: Rgb(0xb5, 0xad, 0xa1),
    line: Rgb(0x36, 0x3a, 0x42),
    edge: Rgb(0x7c, 0x76, 0x6d),
    accent: Rgb(0xf0, 0xa4, 0x8f),
    soft: Rgb(0x1f, 0x22, 0x29),
    hues: [
        Rgb(0xe2, 0x60, 0x2c),
        Rgb(0x3f, 0xbe, 0x91),
        Rgb(0xa9, 0xbc, 0xeb),
        Rgb(0xf1, 0xd4, 0x76),
        Rgb(0xc4, 0x77, 0xee),
    ],
};

/// Greys in the order of lightness that the hues have on light paper.
const PRINT: Palette = Palette {
    paper: Rgb(0xff, 0xff, 0xff),
    ink: Rgb(0x00, 0x00, 0x00),
    muted: Rgb(0x4d, 0x4d, 0x4d),
    line: Rgb(0xc8, 0xc8, 0xc8),
    edge: Rgb(0x78, 0x78, 0x78),
    accent: Rgb(0x00, 0x00, 0x00),
    soft: Rgb(0xf0, 0xf0, 0xf0),
    hues: [
        Rgb(0x26, 0x26, 0x26),
        Rgb(0x5c, 0x5c, 0x5c),
        Rgb(0x00, 0x00, 0x00),
        Rgb(0x70, 0x70, 0x70),
        Rgb(0x42, 0x42, 0x42),
    ],
};

impl Palette {
    /// The colours of a theme.
    pub fn of(theme: Theme) -> Self {
        match theme {
            Theme::Light => LIGHT,
            Theme::Dark => DARK,
            Theme::Print => PRINT,
        }
    }

    /// The colour that plays `role`.
    pub fn rgb(&self, role: Ink) -> Rgb {
        let [human, ecological, urban, economic, institutional] = self.hues;
        match role {
            Ink::Paper => self.paper,
            Ink::Ink => self.ink,
            Ink::Muted => self.muted,
            Ink::Line => self.line,
            Ink::Edge => self.edge,
            Ink::Accent => self.accent,
            Ink::Soft => self.soft,
            Ink::Series(SeriesInk { hue, .. }) => match hue {
                Hue::Human => human,
                Hue::Ecological => ecological,
                Hue::Urban => urban,
                Hue::Economic => economic,
                Hue::Institutional => institutional,
            },
        }
    }
}

/// One ink for each id, in the order given. The five known dimensions keep their colours; every
/// other id takes the next hue nobody holds, then all five hues again under the next pattern.
///
/// The same id always gets the same ink. Thirty ids come out distinct; from there the round of
/// patterns starts again, so a page with more series must group some of them first.
///
/// ```
/// use yupay::chart::{Hue, Pattern, series_for};
///
/// let inks = series_for(&["sport", "human"]);
/// assert_eq!(inks[1].hue, Hue::Human);
/// assert_eq!((inks[0].hue, inks[0].pattern), (Hue::Ecological, Pattern::Solid));
/// ```
pub fn series_for(ids: &[&str]) -> Vec<SeriesInk> {
    let held: Vec<Hue> = ids.iter().filter_map(|id| Hue::of_id(id)).collect();
    let every_ink =
        || Pattern::ALL.iter().flat_map(|&pattern| Hue::ALL.iter().map(move |&hue| SeriesInk { hue, pattern }));
    let mut free =
        every_ink().filter(|ink| ink.pattern != Pattern::Solid || !held.contains(&ink.hue)).chain(every_ink().cycle());

    let mut given: BTreeMap<&str, SeriesInk> = BTreeMap::new();
    ids.iter()
        .map(|&id| {
            *given.entry(id).or_insert_with(|| {
                let own = Hue::of_id(id).map(|hue| SeriesInk { hue, pattern: Pattern::Solid });
                own.or_else(|| free.next()).unwrap_or(SeriesInk { hue: Hue::Human, pattern: Pattern::Solid })
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(Rgb(r, g, b): Rgb) -> f64 {
        let channel = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.03928 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b)
    }

    fn contrast(a: Rgb, b: Rgb) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn inks_hold_their_contrast_on_paper() {
        for theme in [Theme::Light, Theme::Dark, Theme::Print] {
            let palette = Palette::of(theme);
            let paper = palette.rgb(Ink::Paper);
            for text in [Ink::Ink, Ink::Muted, Ink::Accent] {
                assert!(contrast(palette.rgb(text), paper) >= 4.5, "{theme:?} {text:?}");
            }
            assert!(contrast(palette.rgb(Ink::Edge), paper) >= 3.0, "{theme:?} edge");
            for hue in Hue::ALL {
                let ink = Ink::Series(SeriesInk { hue, pattern: Pattern::Solid });
                assert!(contrast(palette.rgb(ink), paper) >= 3.0, "{theme:?} {hue:?}");
            }
        }
    }

    #[test]
    fn known_dimensions_keep_their_hue_in_any_order() {
        let inks = series_for(&["economic", "human", "urban", "ecological", "institutional"]);
        let hues: Vec<Hue> = inks.iter().map(|ink| ink.hue).collect();
        use Hue::*;
        assert_eq!(hues, [Economic, Human, Urban, Ecological, Institutional]);
        assert!(inks.iter().all(|ink| ink.pattern == Pattern::Solid));
    }

    #[test]
    fn up_to_thirty_series_are_distinct() {
        let names: Vec<String> = (0..30).map(|n| format!("s{n}")).collect();
        let mut ids: Vec<&str> = names.iter().map(String::as_str).collect();
        for known in ["s4", "urban"] {
            ids[4] = known;
            let mut inks = series_for(&ids);
            inks.sort_unstable();
            inks.dedup();
            assert_eq!(inks.len(), 30, "with {known}");
        }
    }

    #[test]
    fn the_same_id_gets_the_same_ink_and_many_ids_do_not_fail() {
        let inks = series_for(&["a", "b", "a"]);
        assert_eq!(inks[0], inks[2]);
        assert_ne!(inks[0], inks[1]);
        let names: Vec<String> = (0..200).map(|n| n.to_string()).collect();
        let ids: Vec<&str> = names.iter().map(String::as_str).collect();
        assert_eq!(series_for(&ids).len(), 200);
        assert!(series_for(&[]).is_empty());
    }
}
