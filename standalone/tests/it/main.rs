//! The program as people start it: a process, its output, its exit.

mod media_plan;
mod program;
mod starting;
mod web;
