//! A column of dictionary codes, as narrow as its dictionary allows.

use super::Segments;

/// The code of a row that has no value in a column. Values have codes from 1.
pub const NO_VALUE: u32 = 0;

/// One code a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Codes {
    /// Codes up to 255.
    Narrow(Segments<u8>),
    /// Codes up to 65,535.
    Medium(Segments<u16>),
    /// Any code.
    Wide(Segments<u32>),
}

impl Default for Codes {
    fn default() -> Self {
        Self::Narrow(Segments::default())
    }
}

impl Codes {
    /// Adds the code of the next row, widening the column when it does not fit.
    pub fn push(&mut self, code: u32) {
        match self {
            Self::Narrow(codes) => match u8::try_from(code) {
                Ok(code) => codes.push(code),
                Err(_wider) => self.widen(code),
            },
            Self::Medium(codes) => match u16::try_from(code) {
                Ok(code) => codes.push(code),
                Err(_wider) => self.widen(code),
            },
            Self::Wide(codes) => codes.push(code),
        }
    }

    /// Adds the codes of the next rows.
    pub fn extend_from_slice(&mut self, codes: &[u32]) {
        let greatest = codes.iter().copied().max().unwrap_or(NO_VALUE);
        match self {
            Self::Narrow(narrow) if greatest <= u32::from(u8::MAX) => {
                codes.iter().for_each(|&code| narrow.push(code as u8));
            }
            Self::Medium(medium) if greatest <= u32::from(u16::MAX) => {
                codes.iter().for_each(|&code| medium.push(code as u16));
            }
            Self::Wide(wide) => wide.extend_from_slice(codes),
            _ => codes.iter().for_each(|&code| self.push(code)),
        }
    }

    fn widen(&mut self, code: u32) {
        *self = match &*self {
            Self::Narrow(codes) if code <= u32::from(u16::MAX) => Self::Medium(codes.iter().map(u16::from).collect()),
            narrower => Self::Wide(narrower.iter().collect()),
        };
        self.push(code);
    }

    /// The code of a row; [`NO_VALUE`] past the end.
    pub fn get(&self, row: usize) -> u32 {
        match self {
            Self::Narrow(codes) => codes.get(row).map(u32::from),
            Self::Medium(codes) => codes.get(row).map(u32::from),
            Self::Wide(codes) => codes.get(row),
        }
        .unwrap_or(NO_VALUE)
    }

    /// The greatest code; [`NO_VALUE`] where no row has a value.
    pub fn greatest(&self) -> u32 {
        match self {
            Self::Narrow(codes) => greatest(codes).into(),
            Self::Medium(codes) => greatest(codes).into(),
            Self::Wide(codes) => greatest(codes),
        }
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        match self {
            Self::Narrow(codes) => codes.len(),
            Self::Medium(codes) => codes.len(),
            Self::Wide(codes) => codes.len(),
        }
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Codes in order of rows.
    pub fn iter(&self) -> Box<dyn Iterator<Item = u32> + '_> {
        match self {
            Self::Narrow(codes) => Box::new(codes.iter().map(u32::from)),
            Self::Medium(codes) => Box::new(codes.iter().map(u32::from)),
            Self::Wide(codes) => Box::new(codes.iter()),
        }
    }
}

fn greatest<T: Copy + Ord + Default>(codes: &Segments<T>) -> T {
    codes.parts().iter().flatten().copied().fold(T::default(), T::max)
}

impl FromIterator<u32> for Codes {
    fn from_iter<I: IntoIterator<Item = u32>>(codes: I) -> Self {
        let mut column = Self::default();
        codes.into_iter().for_each(|code| column.push(code));
        column
    }
}
