//! A store in its own folder, and values with as little said about them as a test needs.

use std::path::Path;

use syncwatch_protocol::{
    ChatBody, ChatMessage, ChatPosition, ParticipantId, ParticipantKind, PlaybackControl, Privacy, Role, RoomCode,
    RoomId, RoomSettings, RoomStatus, ServerTime, VideoId, WaitingPolicy,
};
use syncwatch_store::{ClaimedRoom, NewRoom, NewUser, NewVideo, PersonRow, RoomSave, Store};
use tempfile::TempDir;
use uuid::Uuid;

pub(crate) struct TestStore {
    folder: TempDir,
    store: Option<Store>,
}

impl TestStore {
    pub(crate) async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open_embedded(folder.path()).await.unwrap();
        Self { folder, store: Some(store) }
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Drops every connection and opens the same folder again.
    pub(crate) async fn reopen(&mut self) {
        self.store = None;
        self.store = Some(Store::open_embedded(self.folder.path()).await.unwrap());
    }
}

impl std::ops::Deref for TestStore {
    type Target = Store;
    fn deref(&self) -> &Store {
        self.store.as_ref().unwrap()
    }
}

pub(crate) fn person(number: u128) -> ParticipantId {
    ParticipantId::new(Uuid::from_u128(number))
}

pub(crate) fn room(number: u128) -> RoomId {
    RoomId::new(Uuid::from_u128(number))
}

pub(crate) fn video(number: u128) -> VideoId {
    VideoId::new(Uuid::from_u128(number))
}

pub(crate) fn code(number: u8) -> RoomCode {
    RoomCode::from_random(|| number)
}

pub(crate) fn settings() -> RoomSettings {
    RoomSettings {
        name: "Film night".into(),
        max_participants: 5,
        playback_control: PlaybackControl::All,
        privacy: Privacy::Anonymous,
        chat: true,
        guest_chat: true,
        auto_handover: true,
        owner_lock: true,
        waiting: WaitingPolicy::GoOn,
    }
}

/// A room of guest 1, that ends at time 10 000.
pub(crate) fn new_room(number: u8) -> NewRoom {
    NewRoom {
        id: room(u128::from(number)),
        code: code(number),
        owner: person(1),
        owner_name: "Ada".into(),
        owner_kind: ParticipantKind::Guest,
        password_hash: None,
        settings: settings(),
        source_video: None,
        expires_at_ms: 10_000,
    }
}

pub(crate) fn save_of(claimed: &ClaimedRoom) -> RoomSave {
    RoomSave {
        room_id: claimed.room.id,
        epoch: claimed.epoch,
        sequence: 1,
        body: Some("{}".into()),
        settings: claimed.room.settings.clone(),
        status: RoomStatus::Waiting,
        owner: claimed.room.owner,
        source_video: None,
        queue: None,
        people: Vec::new(),
        bans: None,
        messages: Vec::new(),
        now_ms: 100,
    }
}

pub(crate) fn guest_row(number: u128, name: &str) -> PersonRow {
    PersonRow {
        id: person(number),
        name: name.into(),
        kind: ParticipantKind::Guest,
        role: Role::Guest,
        colour: 2,
        joined_at_ms: 50,
        present: true,
        kicked: false,
    }
}

pub(crate) fn line(position: u64, text: &str) -> ChatMessage {
    ChatMessage {
        position: ChatPosition(position),
        sent_at_ms: ServerTime(position),
        author: Some(person(1)),
        author_name: "Ada".into(),
        client_id: Some(format!("key-{position}")),
        body: ChatBody::Text { text: text.into() },
    }
}

pub(crate) fn new_user(number: u128, email: &str, username: &str) -> NewUser {
    NewUser { id: person(number), email: email.into(), username: username.into(), password_hash: "$2b$".into() }
}

pub(crate) fn new_video(number: u128, size_bytes: u64) -> NewVideo {
    NewVideo {
        id: video(number),
        owner: person(1),
        title: "Holiday".into(),
        file_name: "holiday.mp4".into(),
        mime: "video/mp4".into(),
        size_bytes,
        upload_expires_at_ms: 5_000,
    }
}
