//! What accounts rest on: passwords, their rules, and the sessions that log-ins begin.

mod cookies;
mod names;
mod passwords;
mod policy;
mod session;

pub(crate) use cookies::{SessionCookies, csrf_shown, forget_cookies};
pub(crate) use names::{email, username};
pub(crate) use passwords::Passwords;
pub(crate) use policy::{check_new_password, check_room_password};
pub(crate) use session::{AuthSession, Resumed, UserView, begin_session, resume_session, token_hash};
