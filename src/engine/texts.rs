//! A column of texts that hardly repeat, as raw bytes: nothing is gained by a dictionary of them.

use super::segments::SEGMENT_ROWS;

/// One text a row; an empty one is a missing one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts {
    parts: Vec<TextPart>,
    len: usize,
}

/// The texts of up to [`SEGMENT_ROWS`] rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextPart {
    /// All texts, each followed by a zero byte, so that no match can straddle two rows.
    pool: Vec<u8>,
    /// Where each text's zero byte stands.
    ends: Vec<u32>,
}

impl Texts {
    /// Adds the text of the next row. Zero bytes in it become spaces: they would split it.
    pub fn push(&mut self, text: &str) {
        if text.contains('\0') {
            self.push_bytes(text.replace('\0', " ").as_bytes());
        } else {
            self.push_bytes(text.as_bytes());
        }
    }

    /// Adds bytes that are known to be UTF-8 without zero bytes.
    pub fn push_bytes(&mut self, text: &[u8]) {
        if self.parts.last().is_none_or(|part| part.ends.len() == SEGMENT_ROWS) {
            let like_the_last = self.parts.last().map_or(0, |part| part.pool.len() + part.pool.len() / 64);
            let rows = if self.parts.is_empty() { 0 } else { SEGMENT_ROWS };
            self.parts.push(TextPart { pool: Vec::with_capacity(like_the_last), ends: Vec::with_capacity(rows) });
        }
        let Some(part) = self.parts.last_mut() else { return };
        part.pool.extend_from_slice(text);
        part.ends.push(u32::try_from(part.pool.len()).unwrap_or(u32::MAX));
        part.pool.push(0);
        self.len += 1;
    }

    /// Adds the texts of a whole piece of rows, each followed by a zero byte; `false`, and nothing added, where the pieces
    /// before it are not whole, or it is not UTF-8, has no last zero byte, or is longer than a piece.
    #[must_use]
    pub fn push_part(&mut self, pool: Vec<u8>) -> bool {
        let rows_left = self.parts.last().map_or(SEGMENT_ROWS, |part| part.ends.len());
        let is_text = pool.last() == Some(&0) && u32::try_from(pool.len()).is_ok() && str::from_utf8(&pool).is_ok();
        if !is_text || rows_left != SEGMENT_ROWS {
            return false;
        }
        let mut ends = Vec::with_capacity(SEGMENT_ROWS.min(pool.len()));
        for end in memchr::memchr_iter(0, &pool) {
            // One more than fits is enough to see that there are too many.
            if ends.len() > SEGMENT_ROWS {
                break;
            }
            ends.push(end as u32);
        }
        let fits = ends.len() <= SEGMENT_ROWS;
        if fits {
            ends.shrink_to_fit();
            self.len += ends.len();
            self.parts.push(TextPart { pool, ends });
        }
        fits
    }

    /// The text of a row; empty where there is none.
    pub fn get(&self, row: usize) -> &str {
        let bytes = self.parts.get(row / SEGMENT_ROWS).and_then(|part| part.get(row % SEGMENT_ROWS));
        bytes.and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The pieces, each of [`SEGMENT_ROWS`] rows but the last.
    pub fn parts(&self) -> &[TextPart] {
        &self.parts
    }
}

impl TextPart {
    /// The text of a row of this piece.
    pub fn get(&self, row: usize) -> Option<&[u8]> {
        let end = *self.ends.get(row)? as usize;
        let start = match row.checked_sub(1) {
            None => 0,
            Some(before) => *self.ends.get(before)? as usize + 1,
        };
        self.pool.get(start..end)
    }

    /// All texts, each followed by a zero byte.
    pub fn pool(&self) -> &[u8] {
        &self.pool
    }

    /// Where each text's zero byte stands in the pool.
    pub fn ends(&self) -> &[u32] {
        &self.ends
    }
}

impl<'a> FromIterator<&'a str> for Texts {
    fn from_iter<I: IntoIterator<Item = &'a str>>(texts: I) -> Self {
        let mut column = Self::default();
        texts.into_iter().for_each(|text| column.push(text));
        column
    }
}
