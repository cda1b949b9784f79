//! The first bytes of every packed file, by which a foreign, other or shortened one is known at once.

use std::hash::Hasher;

use twox_hash::XxHash64;

use super::PackFault;

/// The form of the files that this version writes and reads. Raised whenever their meaning changes.
pub const SCHEMA: u16 = 3;

/// Not text, so that nothing takes it for text; `\r\n` shows whether something did.
const MAGIC: [u8; 8] = *b"\x89YUPAY\r\n";

/// Bytes before the head.
pub(super) const FRAME_BYTES: usize = 48;

/// Which of the two files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PackKind {
    /// What a first view needs.
    Cube,
    /// The rows.
    Columns,
}

/// What the files of a package were packed from: the two belong together, and to these CSV files.
pub type PackId = [u8; 16];

/// What a file says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Frame {
    pub kind: PackKind,
    pub id: PackId,
    /// Bytes of the head, which come first in the payload.
    pub head_bytes: u32,
    /// Bytes after the frame.
    pub payload_bytes: u64,
    /// Of the payload.
    pub checksum: u64,
}

impl PackKind {
    fn code(self) -> u8 {
        match self {
            Self::Cube => 1,
            Self::Columns => 2,
        }
    }
}

impl Frame {
    pub fn to_bytes(self) -> [u8; FRAME_BYTES] {
        let mut bytes = [0; FRAME_BYTES];
        let parts: [&[u8]; 7] = [
            &MAGIC,
            &SCHEMA.to_le_bytes(),
            &[self.kind.code(), 0],
            &self.head_bytes.to_le_bytes(),
            &self.payload_bytes.to_le_bytes(),
            &self.checksum.to_le_bytes(),
            &self.id,
        ];
        bytes.iter_mut().zip(parts.into_iter().flatten()).for_each(|(byte, part)| *byte = *part);
        bytes
    }

    /// Reads the frame of a file that should be of a kind and an origin.
    pub fn read(bytes: &[u8; FRAME_BYTES], kind: PackKind, id: PackId) -> Result<Self, PackFault> {
        let (magic, rest) = split::<8>(bytes);
        let (schema, rest) = split::<2>(rest);
        let (found_kind, rest) = split::<2>(rest);
        let (head_bytes, rest) = split::<4>(rest);
        let (payload_bytes, rest) = split::<8>(rest);
        let (checksum, rest) = split::<8>(rest);
        let (found_id, _rest) = split::<16>(rest);
        if magic != MAGIC {
            return Err(PackFault::Foreign);
        }
        let found = u16::from_le_bytes(schema);
        if found != SCHEMA {
            return Err(PackFault::Version { found });
        }
        if found_kind != [kind.code(), 0] || found_id != id {
            return Err(PackFault::Mismatch);
        }
        let frame = Self {
            kind,
            id,
            head_bytes: u32::from_le_bytes(head_bytes),
            payload_bytes: u64::from_le_bytes(payload_bytes),
            checksum: u64::from_le_bytes(checksum),
        };
        match u64::from(frame.head_bytes) <= frame.payload_bytes {
            true => Ok(frame),
            false => Err(PackFault::corrupt("frame")),
        }
    }
}

/// The first bytes, and those after them; zeros where there are too few.
fn split<const N: usize>(bytes: &[u8]) -> ([u8; N], &[u8]) {
    bytes.split_first_chunk::<N>().map_or(([0; N], &[]), |(first, rest)| (*first, rest))
}

/// The running checksum of a payload: XXH64, which a page works out at several gigabytes a second, so that a file of a
/// hundred megabytes can be held to it; sha256 manages a quarter of one. It finds damage, not ill will: who can change a
/// packed file on the server can as well change the CSV files.
#[derive(Debug)]
pub(super) struct Checksum(XxHash64);

impl Checksum {
    pub fn new() -> Self {
        Self(XxHash64::with_seed(0))
    }

    pub fn add(&mut self, bytes: &[u8]) {
        self.0.write(bytes);
    }

    pub fn finish(&self) -> u64 {
        self.0.finish()
    }
}
