//! What the probe may use of the machine (TRN-11). Set before the first byte of the film is read.

use nix::sys::resource::{Resource, setrlimit};

/// Address space: an 8K film is probed with a third of it.
const MEMORY_BYTES: u64 = 2 * 1024 * 1024 * 1024;
/// Processor time; a usual film takes a tenth of a second.
const CPU_SECONDS: u64 = 60;
/// Its answer is all it has to write, wherever its output goes.
const ANSWER_BYTES: u64 = 1024 * 1024;

/// Sets the limits for the rest of the process's life.
pub(crate) fn confine() -> nix::Result<()> {
    setrlimit(Resource::RLIMIT_AS, MEMORY_BYTES, MEMORY_BYTES)?;
    setrlimit(Resource::RLIMIT_CPU, CPU_SECONDS, CPU_SECONDS)?;
    setrlimit(Resource::RLIMIT_FSIZE, ANSWER_BYTES, ANSWER_BYTES)?;
    // No memory dump with pieces of somebody's film in it.
    setrlimit(Resource::RLIMIT_CORE, 0, 0)
}
