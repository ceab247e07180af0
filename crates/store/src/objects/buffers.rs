//! Buffers for reading, used again and again: fresh memory of this size costs more than what is read into it, as the system
//! gives it out zeroed and page by page.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;

/// Bytes of one buffer. Larger ones gain nothing measurable and cost memory for each viewer.
const SIZE: usize = 128 * 1024;

/// Buffers that are kept while nobody uses them: 8 MiB. More than these are in use only while as many viewers are behind.
const KEPT: usize = 64;

/// The buffers of a process. Clones share them.
#[derive(Debug, Clone, Default)]
pub(super) struct Buffers {
    free: Arc<Mutex<Vec<Vec<u8>>>>,
}

/// One of them, in use.
#[derive(Debug)]
pub(super) struct Buffer {
    memory: Vec<u8>,
    used: usize,
    owner: Buffers,
}

impl Buffers {
    /// A buffer for at most `wanted` bytes.
    pub(super) fn take(&self, wanted: u64) -> Buffer {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let memory = free.unwrap_or_else(|| vec![0; SIZE]);
        let used = usize::try_from(wanted).map_or(SIZE, |wanted| wanted.min(SIZE));
        Buffer { memory, used, owner: self.clone() }
    }
}

impl Buffer {
    /// What may be written to.
    pub(super) fn space(&mut self) -> &mut [u8] {
        &mut self.memory[..self.used]
    }

    /// Its first `length` bytes. The buffer is free again when the last of whoever shares them is gone.
    pub(super) fn into_bytes(mut self, length: usize) -> Bytes {
        self.used = length;
        Bytes::from_owner(self)
    }
}

impl AsRef<[u8]> for Buffer {
    fn as_ref(&self) -> &[u8] {
        &self.memory[..self.used]
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        let mut free = self.owner.free.lock().unwrap_or_else(PoisonError::into_inner);
        if free.len() < KEPT {
            free.push(std::mem::take(&mut self.memory));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // HLS-1
    #[test]
    fn a_buffer_is_used_again_when_nobody_needs_its_bytes() {
        let buffers = Buffers::default();
        let mut first = buffers.take(5);
        first.space().copy_from_slice(b"hello");
        let bytes = first.into_bytes(4);
        let shared = bytes.slice(1..);
        drop(bytes);
        assert_eq!((&shared[..], buffers.free.lock().unwrap().len()), (b"ell".as_slice(), 0));
        drop(shared);
        assert_eq!(buffers.free.lock().unwrap().len(), 1);
        assert_eq!(buffers.take(u64::MAX).space().len(), SIZE);
    }

    // SEC-3
    #[test]
    fn a_crowd_leaves_no_more_than_a_few_buffers_behind() {
        let buffers = Buffers::default();
        let crowd: Vec<_> = (0..KEPT * 3).map(|_| buffers.take(1)).collect();
        drop(crowd);
        assert_eq!(buffers.free.lock().unwrap().len(), KEPT);
    }
}
