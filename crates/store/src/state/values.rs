//! Values that end by themselves.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;

/// Ended values are dropped each time this many have been put.
const SWEEP_EVERY: u32 = 1024;

#[derive(Debug, Default)]
pub(super) struct Values {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    by_key: HashMap<String, (Bytes, u64)>,
    puts: u32,
}

impl Values {
    pub(super) fn put(&self, key: &str, value: Bytes, lifetime: Duration, now_ms: u64) {
        let ends_at_ms = now_ms.saturating_add(u64::try_from(lifetime.as_millis()).unwrap_or(u64::MAX));
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.puts = kept.puts.wrapping_add(1);
        if kept.puts.is_multiple_of(SWEEP_EVERY) {
            kept.by_key.retain(|_, (_, ends_at_ms)| *ends_at_ms > now_ms);
        }
        kept.by_key.insert(key.to_owned(), (value, ends_at_ms));
    }

    pub(super) fn get(&self, key: &str, now_ms: u64) -> Option<(Bytes, Duration)> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let (value, ends_at_ms) = kept.by_key.get(key)?;
        let left = ends_at_ms.checked_sub(now_ms).filter(|left| *left > 0)?;
        Some((value.clone(), Duration::from_millis(left)))
    }

    pub(super) fn delete(&self, key: &str) {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).by_key.remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // DATA-2
    #[test]
    fn a_value_is_there_until_its_lifetime_is_over() {
        let values = Values::default();
        values.put("k", Bytes::from_static(b"v"), Duration::from_secs(1), 5_000);
        assert_eq!(values.get("k", 5_400), Some((Bytes::from_static(b"v"), Duration::from_millis(600))));
        assert_eq!(values.get("k", 6_000), None);
        values.put("k", Bytes::from_static(b"w"), Duration::from_secs(1), 7_000);
        values.delete("k");
        assert_eq!(values.get("k", 7_000), None);
    }
}
