//! Films on other people's servers: looked at before a room may watch them, and never by way of a private network
//! (SRC-4, SRC-5, BEY-12).
//!
//! The film itself is fetched by the viewers' browsers; only the few bytes that say what it is pass through here.

mod examine;
mod fetch;
mod hosts;
mod reach;

pub(crate) use examine::{Examined, Examiner};
pub(crate) use hosts::AllowedHosts;
