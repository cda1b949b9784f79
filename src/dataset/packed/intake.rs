//! A packed file as it arrives: whoever has bytes writes them where [`Intake::room`] says, in pieces of any length.
//!
//! The room is the column itself where the file holds it as it is used, so that texts and narrow codes are not copied again.
//! No more memory is asked for than the file, whose length is known beforehand, can account for.

use super::PackFault;
use super::amounts::PADDING;
use super::frame::{Checksum, FRAME_BYTES, Frame, PackId, PackKind};
use super::layout::{Block, Layout};
use super::parts::Parts;
use super::unfold::Unfold;
use super::wire::Reader;

/// Bytes that are set aside for a block before any of it has arrived; a longer one is given room as it comes, so that a file
/// that says it is large gets no memory for saying so.
const AT_ONCE: usize = 1 << 24;

static ZEROS: [u8; 4096] = [0; 4096];

/// A file being received. The first fault is kept, and the rest of the file ignored.
#[derive(Debug)]
pub struct Intake {
    kind: PackKind,
    id: PackId,
    /// Bytes of the whole file, as its manifest says.
    file_bytes: u64,
    state: State,
    /// What is being received, and how much of it there is.
    target: Vec<u8>,
    filled: usize,
    /// Bytes of it that are wanted, and those it is to have in all.
    wanted: usize,
    len: usize,
    /// A target that was read and can be used again.
    spare: Vec<u8>,
    checksum: Checksum,
    expected_checksum: u64,
    fault: Option<PackFault>,
}

#[derive(Debug)]
enum State {
    Frame,
    Head { payload_bytes: u64 },
    Blocks { now: Block, rest: std::vec::IntoIter<(Block, usize)>, unfold: Unfold },
    Done(Parts),
}

impl Intake {
    /// Begins with a file of `file_bytes` that should be of a kind and an origin.
    pub fn new(kind: PackKind, id: PackId, file_bytes: u64) -> Self {
        let mut intake = Self {
            kind,
            id,
            file_bytes,
            state: State::Frame,
            target: Vec::new(),
            filled: 0,
            wanted: 0,
            len: 0,
            spare: Vec::new(),
            checksum: Checksum::new(),
            expected_checksum: 0,
            fault: None,
        };
        intake.fault = intake.want(FRAME_BYTES).err();
        intake
    }

    /// Where the next bytes of the file go; empty when no more are wanted. At most what is left of one block.
    pub fn room(&mut self) -> &mut [u8] {
        let until = if self.fault.is_none() { self.wanted.min(self.target.len()) } else { self.filled };
        self.target.get_mut(self.filled..until).unwrap_or_default()
    }

    /// Says that the first `count` bytes of the room were filled.
    pub fn took(&mut self, count: usize) {
        let filled = self.wanted.min(self.target.len()).min(self.filled.saturating_add(count));
        let received = self.target.get(self.filled..filled).unwrap_or_default();
        if !matches!(self.state, State::Frame) {
            self.checksum.add(received);
        }
        self.filled = filled;
        if self.fault.is_none() && self.filled < self.wanted && self.filled == self.target.len() {
            self.fault = self.make_room().err();
        }
        while self.fault.is_none() && self.filled == self.wanted && !matches!(self.state, State::Done(_)) {
            self.fault = self.advance().err();
        }
    }

    /// Takes the next bytes of the file, however many there are.
    pub fn feed(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() && self.fault.is_none() {
            let room = self.room();
            let (now, rest) = bytes.split_at(room.len().min(bytes.len()));
            if let Some(room) = room.get_mut(..now.len()) {
                room.copy_from_slice(now);
            }
            match now.len() {
                0 => self.fault = Some(PackFault::TooLong),
                count => self.took(count),
            }
            bytes = rest;
        }
    }

    /// What was wrong so far. The rest of the file need not be received then.
    pub fn fault(&self) -> Option<PackFault> {
        self.fault
    }

    /// The contents, once all bytes were handed over.
    ///
    /// # Errors
    /// The first fault of the file.
    pub fn finish(self) -> Result<Parts, PackFault> {
        match (self.fault, self.state) {
            (Some(fault), _) => Err(fault),
            (None, State::Done(parts)) if self.checksum.finish() == self.expected_checksum => Ok(parts),
            (None, State::Done(_)) => Err(PackFault::corrupt("checksum")),
            (None, _) => Err(PackFault::Truncated),
        }
    }

    /// What was wanted is there.
    fn advance(&mut self) -> Result<(), PackFault> {
        match std::mem::replace(&mut self.state, State::Frame) {
            State::Frame => self.read_frame(),
            State::Head { payload_bytes } => self.read_head(payload_bytes),
            State::Blocks { now, rest, mut unfold } => {
                match now {
                    Block::Amounts { .. } => {
                        unfold.read(now, self.target.get(..self.wanted + PADDING).unwrap_or_default())?;
                        self.spare = std::mem::take(&mut self.target);
                    }
                    _ => unfold.keep(now, std::mem::take(&mut self.target))?,
                }
                self.next_block(rest, unfold)
            }
            done @ State::Done(_) => {
                self.state = done;
                Ok(())
            }
        }
    }

    fn read_frame(&mut self) -> Result<(), PackFault> {
        let bytes = self.target.first_chunk::<FRAME_BYTES>().ok_or(PackFault::Truncated)?;
        let frame = Frame::read(bytes, self.kind, self.id)?;
        match frame.payload_bytes.checked_add(FRAME_BYTES as u64) {
            Some(bytes) if bytes == self.file_bytes => {}
            Some(bytes) if bytes > self.file_bytes => return Err(PackFault::Truncated),
            _ => return Err(PackFault::TooLong),
        }
        let head_bytes = usize::try_from(frame.head_bytes).map_err(|_too_long| PackFault::TooLarge)?;
        self.expected_checksum = frame.checksum;
        self.state = State::Head { payload_bytes: frame.payload_bytes - u64::from(frame.head_bytes) };
        self.want(head_bytes)
    }

    fn read_head(&mut self, payload_bytes: u64) -> Result<(), PackFault> {
        let layout: Layout = Reader::whole(&self.target).ok_or(PackFault::corrupt("head"))?;
        let plan = layout.plan(payload_bytes)?;
        self.next_block(plan.into_iter(), Unfold::new(layout)?)
    }

    fn next_block(&mut self, mut rest: std::vec::IntoIter<(Block, usize)>, unfold: Unfold) -> Result<(), PackFault> {
        let Some((now, bytes)) = rest.next() else {
            self.state = State::Done(unfold.finish());
            return self.want(0);
        };
        self.state = State::Blocks { now, rest, unfold };
        if !matches!(now, Block::Amounts { .. }) {
            return self.want(bytes);
        }
        self.target = std::mem::take(&mut self.spare);
        // What another block left there may stand for padding, which is no part of any amount.
        let len = bytes.checked_add(PADDING).ok_or(PackFault::TooLarge)?;
        (self.wanted, self.len, self.filled) = (bytes, len, 0);
        self.make_room()
    }

    /// Makes room for `wanted` bytes, in a target of their own.
    fn want(&mut self, wanted: usize) -> Result<(), PackFault> {
        self.target = Vec::new();
        (self.wanted, self.len, self.filled) = (wanted, wanted, 0);
        self.make_room()
    }

    /// Makes the target as long as it must be, or as long as can be asked for before more of it has arrived.
    fn make_room(&mut self) -> Result<(), PackFault> {
        let len = self.len.min(AT_ONCE.max(self.filled.saturating_mul(2)));
        let more = len.saturating_sub(self.target.len());
        self.target.try_reserve_exact(more).map_err(|_no_memory| PackFault::TooLarge)?;
        // Page by page: `resize` goes byte by byte where code is built to be small.
        while let Some(zeros) = ZEROS.get(..ZEROS.len().min(len.saturating_sub(self.target.len())))
            && !zeros.is_empty()
        {
            self.target.extend_from_slice(zeros);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: PackId = [1; 16];

    fn frame(head_bytes: u32, payload_bytes: u64) -> [u8; FRAME_BYTES] {
        Frame { kind: PackKind::Cube, id: ID, head_bytes, payload_bytes, checksum: 0 }.to_bytes()
    }

    #[test]
    fn a_file_that_says_it_is_large_gets_no_memory_for_saying_so() {
        let bytes = u64::from(u32::MAX) + FRAME_BYTES as u64;
        let mut intake = Intake::new(PackKind::Cube, ID, bytes);
        intake.feed(&frame(u32::MAX, u64::from(u32::MAX)));
        assert_eq!((intake.fault(), intake.room().len()), (None, AT_ONCE));
        assert!(intake.target.capacity() <= 2 * AT_ONCE);
        assert_eq!(intake.finish(), Err(PackFault::Truncated));
    }

    #[test]
    fn a_long_block_gets_room_as_it_comes() {
        let parts = Parts { words: vec![7; 3 * AT_ONCE + 5], ..Parts::default() };
        let file = parts.to_file(PackKind::Cube, ID).unwrap();
        let mut intake = Intake::new(PackKind::Cube, ID, file.len() as u64);
        file.chunks(1 << 20).for_each(|piece| intake.feed(piece));
        assert!(intake.finish() == Ok(parts));
    }

    #[test]
    fn a_file_that_ends_elsewhere_than_it_says_is_known_from_its_frame() {
        for (says, is, fault) in
            [(100, 90, PackFault::Truncated), (100, 110, PackFault::TooLong), (u64::MAX, 90, PackFault::TooLong)]
        {
            let mut intake = Intake::new(PackKind::Cube, ID, is);
            intake.feed(&frame(0, says - FRAME_BYTES as u64 * u64::from(says < u64::MAX)));
            assert_eq!(intake.fault(), Some(fault), "{says} {is}");
        }
    }
}
