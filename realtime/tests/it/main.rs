//! The realtime program over real sockets and a real store.

mod bad_input;
mod durability;
mod faults;
mod films;
mod harness;
mod lies;
mod rooms;
