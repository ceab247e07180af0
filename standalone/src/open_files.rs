//! How many sockets and files the process may hold.

use nix::sys::resource::{Resource, getrlimit, setrlimit};

/// Takes all that the system grants. The usual first limit of 1,024 is for programs that still use `select`, and would end a
/// server's joy at a thousand sockets.
pub(crate) fn raise() {
    let raised =
        getrlimit(Resource::RLIMIT_NOFILE).and_then(|(_soft, hard)| setrlimit(Resource::RLIMIT_NOFILE, hard, hard));
    if let Err(error) = raised {
        tracing::warn!("the limit of open files stays as it is: {error}");
    }
}
