-- Rooms and what happens in them. New tables only: takes no lock that running statements would notice.

CREATE TABLE rooms (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    -- An account or a guest; his name stands in participants.
    owner_id TEXT NOT NULL,
    password_hash TEXT,
    status TEXT NOT NULL,
    -- RoomSettings as JSON, the only place where name, size and privacy are kept.
    settings TEXT NOT NULL,
    source_video_id TEXT,
    -- Raised by each process that takes the room over; writes with a lower one are refused.
    epoch BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    last_active_at BIGINT NOT NULL,
    closed_at BIGINT
);
CREATE INDEX rooms_by_owner ON rooms (owner_id);
CREATE INDEX rooms_by_video ON rooms (source_video_id);
CREATE INDEX rooms_by_expiry ON rooms (closed_at, expires_at);

-- The newest state of each room, written with every accepted command.
CREATE TABLE room_snapshots (
    room_id TEXT PRIMARY KEY REFERENCES rooms (id) ON DELETE CASCADE,
    epoch BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    body TEXT NOT NULL,
    saved_at BIGINT NOT NULL
);

-- Everybody who has been in a room. left_at is empty while he is in, kicked_at once he was sent out.
CREATE TABLE participants (
    room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    participant_id TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    role TEXT NOT NULL,
    colour BIGINT NOT NULL,
    joined_at BIGINT NOT NULL,
    left_at BIGINT,
    kicked_at BIGINT,
    PRIMARY KEY (room_id, participant_id)
);
CREATE INDEX participants_by_person ON participants (participant_id);

CREATE TABLE bans (
    room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    participant_id TEXT NOT NULL,
    name TEXT NOT NULL,
    reason TEXT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (room_id, participant_id)
);

CREATE TABLE messages (
    room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    author_id TEXT,
    author_name TEXT NOT NULL,
    client_id TEXT,
    body TEXT NOT NULL,
    sent_at BIGINT NOT NULL,
    PRIMARY KEY (room_id, position)
);
