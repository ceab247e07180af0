//! A data folder with rooms in it, as our program will find it, and the keys to make tokens for them.

use anyhow::Context;
use syncwatch_protocol::{
    ParticipantId, ParticipantKind, PlaybackControl, Privacy, RoomCode, RoomId, RoomSettings, ServerTime, VideoId,
    WaitingPolicy,
};
use syncwatch_service::{Clock, JoinClaims, TokenKeys, new_id};
use syncwatch_store::{MediaFacts, NewRoom, NewVideo, Store};
use tempfile::TempDir;

/// Rooms of guests in which everybody may move a film of ten hours.
pub(crate) struct Data {
    pub(crate) folder: TempDir,
    pub(crate) rooms: Vec<RoomId>,
    keys: TokenKeys,
    now: ServerTime,
}

impl Data {
    /// Makes `rooms` rooms, each for `places` people.
    pub(crate) fn with_rooms(rooms: usize, places: u16) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let keys = TokenKeys::load_or_create(&folder.path().join("keys.json"))?;
        let now = Clock::system().now();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let rooms = runtime.block_on(async {
            let store = Store::open_embedded(folder.path()).await?;
            let film = film(&store, now).await?;
            let mut made = Vec::with_capacity(rooms);
            for number in 0..rooms {
                let room = room(number, places, film, now)?;
                made.push(room.id);
                store.rows.create_room(&room, now.0).await?;
            }
            anyhow::Ok(made)
        })?;
        Ok(Self { folder, rooms, keys, now })
    }

    /// A token that lets somebody new into a room.
    pub(crate) fn token(&self, room: usize, name: &str) -> String {
        let participant = ParticipantId::new(new_id(self.now));
        let claims =
            JoinClaims { room: self.rooms[room], participant, name: name.into(), kind: ParticipantKind::Guest };
        self.keys.sign(&claims, 3_600, self.now)
    }
}

fn room(number: usize, places: u16, film: VideoId, now: ServerTime) -> anyhow::Result<NewRoom> {
    Ok(NewRoom {
        id: RoomId::new(new_id(now)),
        code: code(number)?,
        owner: ParticipantId::new(new_id(now)),
        owner_name: "Owner".into(),
        owner_kind: ParticipantKind::Guest,
        password_hash: None,
        settings: RoomSettings {
            name: "Bench".into(),
            max_participants: places,
            playback_control: PlaybackControl::All,
            privacy: Privacy::Anonymous,
            chat: true,
            guest_chat: true,
            auto_handover: true,
            owner_lock: true,
            waiting: WaitingPolicy::GoOn,
        },
        source_video: Some(film),
        expires_at_ms: now.0 + 86_400_000,
    })
}

/// The n-th code in the alphabet of codes.
fn code(mut number: usize) -> anyhow::Result<RoomCode> {
    let letters = RoomCode::ALPHABET;
    let mut code = String::new();
    for _ in 0..RoomCode::LENGTH {
        code.push(char::from(letters[number % letters.len()]));
        number /= letters.len();
    }
    code.parse().ok().context("a code")
}

async fn film(store: &Store, now: ServerTime) -> anyhow::Result<VideoId> {
    let id = VideoId::new(new_id(now));
    let video = NewVideo {
        id,
        owner: ParticipantId::new(new_id(now)),
        title: "Film".into(),
        file_name: "film.mp4".into(),
        mime: "video/mp4".into(),
        size_bytes: 10,
        upload_expires_at_ms: now.0 + 1_000_000,
    };
    store.rows.create_video(&video, u64::MAX >> 1, now.0).await?;
    store.rows.enqueue_transcode(id, now.0).await?;
    let job = store.rows.claim_transcode(now.0, 60_000).await?.context("the job")?;
    let facts =
        MediaFacts { duration_ms: 36_000_000, width: 1_920, height: 1_080, renditions: Vec::new(), poster: false };
    store.rows.finish_transcode(id, job.attempt, &facts).await?;
    Ok(id)
}
