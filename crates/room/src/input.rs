//! What can happen to a room.

use syncwatch_protocol::{
    IdempotencyKey, MediaTime, ParticipantId, ParticipantKind, PlayerReport, Resume, ServerTime, SettingsPatch,
    VideoId, VideoView,
};

/// One socket. Numbers are given out by the driver and never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnectionId(pub u64);

/// Who is at the other end of a connection; its token said so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: ParticipantId,
    /// The name to show.
    pub name: String,
    /// With or without an account.
    pub kind: ParticipantKind,
}

/// By which right somebody enters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Via {
    /// A fresh join: password and ban were checked just now.
    Join,
    /// A return with an earlier session's token.
    Session,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// A connection wants in.
    Enter {
        /// Its number.
        connection: ConnectionId,
        /// Who it is.
        person: Person,
        /// By which right.
        via: Via,
        /// What he has seen, when he comes back.
        resume: Option<Resume>,
    },
    /// A connection is gone.
    Drop {
        /// Its number.
        connection: ConnectionId,
    },
    /// A connection has shown that it lives.
    Alive {
        /// Its number.
        connection: ConnectionId,
    },
    /// Somebody in the room wants something.
    Request {
        /// Whose connection.
        connection: ConnectionId,
        /// What.
        request: Request,
    },
    /// Something about a video changed; of interest when it is the room's.
    VideoChanged(Box<VideoView>),
    /// A video is gone.
    VideoDeleted(VideoId),
    /// Somebody has another name, or an account now.
    Renamed(Person),
    /// The room is deleted.
    Delete,
    /// The room's time is over.
    Expire,
    /// The moment that [`crate::Room::deadline`] named has come.
    Tick,
}

/// What somebody in the room wants.
#[derive(Debug, Clone, PartialEq)]
pub enum Request {
    /// Move the timeline.
    Playback(PlaybackRequest),
    /// A command was carried out (SYNC-18).
    Acknowledge {
        /// Which.
        sequence: u64,
        /// When, as the client says.
        executed_at: ServerTime,
    },
    /// Commands are missing (SYNC-6).
    Catchup {
        /// The last one that is there.
        after: u64,
    },
    /// How a player stands.
    Report(PlayerReport),
    /// The owner's own sign of life (OWN-1).
    Heartbeat,
    /// Write a message.
    Chat {
        /// The sender's key.
        key: IdempotencyKey,
        /// The words.
        text: String,
    },
    /// Change the settings.
    Settings {
        /// Names the request in a refusal.
        id: IdempotencyKey,
        /// What changes.
        patch: SettingsPatch,
    },
    /// Give or take control by name.
    Select {
        /// Names the request in a refusal.
        id: IdempotencyKey,
        /// Whom.
        participant: ParticipantId,
        /// Given or taken.
        selected: bool,
    },
    /// Send somebody out.
    Kick {
        /// Names the request in a refusal.
        id: IdempotencyKey,
        /// Whom.
        participant: ParticipantId,
        /// What he is told.
        reason: Option<String>,
        /// For good.
        ban: bool,
    },
    /// Let somebody come back.
    Unban {
        /// Names the request in a refusal.
        id: IdempotencyKey,
        /// Whom.
        participant: ParticipantId,
    },
    /// Give the room away.
    Transfer {
        /// Names the request in a refusal.
        id: IdempotencyKey,
        /// To whom.
        participant: ParticipantId,
    },
    /// Name who takes over when the owner stays silent.
    Delegate {
        /// Names the request in a refusal.
        id: IdempotencyKey,
        /// Whom; nobody for the join order.
        participant: Option<ParticipantId>,
    },
    /// Take the room back, or not (OWN-3).
    AnswerOwnership {
        /// Names the request in a refusal.
        id: IdempotencyKey,
        /// Taken or not.
        accept: bool,
    },
    /// Change the queue.
    Queue {
        /// Names the request in a refusal.
        id: IdempotencyKey,
        /// How.
        request: QueueRequest,
    },
    /// Go for good.
    Leave,
}

/// A change of the queue (ROOM-7).
#[derive(Debug, Clone, PartialEq)]
pub enum QueueRequest {
    /// Put a film at the end.
    Add(Box<VideoView>),
    /// Take a film out.
    Remove(VideoId),
    /// Give a film another place, from 0.
    Move(VideoId, usize),
}

/// A command of SYNC-3.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaybackRequest {
    /// The same key is the same command.
    pub key: IdempotencyKey,
    /// Refuse unless this is the current sequence number.
    pub expected: Option<u64>,
    /// What to do.
    pub action: Action,
}

/// What a command does to the timeline.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Start, perhaps elsewhere.
    Play(Option<MediaTime>),
    /// Stop.
    Pause,
    /// Go elsewhere.
    Seek(MediaTime),
    /// Change the speed.
    SetRate(f64),
    /// Watch this, or nothing.
    SetSource(Option<Box<VideoView>>),
}
