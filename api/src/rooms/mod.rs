//! Rooms as they are seen from outside: what is told about them, and the grant that opens their socket.

mod grant;
mod info;
mod lookup;
mod nicknames;

pub(crate) use grant::{Entrant, JoinGrant, grant};
pub(crate) use info::{RoomInfo, room_info};
pub(crate) use lookup::find_open;
pub(crate) use nicknames::generate_nickname;
