//! The core of resumable uploads (UPL-1, UPL-2): tus 1.0 over a file that grows at its end.
//!
//! What makes an upload survive anything: its file's length is the truth about what has arrived, and nobody is told an
//! offset before the bytes up to it are on the disk.

mod checksum;
mod discard;
mod file_name;
mod finish;
mod headers;
mod intake;
mod lock;
mod metadata;
mod pace;
mod receive;
mod sniffer;
mod unread;

pub(crate) use checksum::Checksum;
pub(crate) use discard::discard;
pub(crate) use finish::finish_if_complete;
pub(crate) use headers::{
    CHECKSUM_ALGORITHM, EXTENSIONS, OFFSET_TYPE, TUS_CHECKSUM_ALGORITHM, TUS_EXTENSION, TUS_MAX_SIZE, TUS_RESUMABLE,
    TUS_VERSION, UPLOAD_CHECKSUM, UPLOAD_EXPIRES, UPLOAD_LENGTH, UPLOAD_METADATA, UPLOAD_OFFSET, VERSION, expiry_date,
    has_offset_type, number, speaks_our_version,
};
pub(crate) use intake::expires_at_ms;
pub(crate) use lock::UploadLocks;
pub(crate) use metadata::Metadata;
pub(crate) use pace::{Pace, Paces};
pub(crate) use receive::receive;
pub(crate) use unread::read_on;
