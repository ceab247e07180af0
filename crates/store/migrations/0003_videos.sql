-- Videos from their first byte, and the queue of transcodes. New tables only: takes no lock that running statements would notice.

CREATE TABLE videos (
    -- The upload's id as well.
    id TEXT PRIMARY KEY,
    owner_id TEXT NOT NULL,
    title TEXT NOT NULL,
    file_name TEXT NOT NULL,
    mime TEXT NOT NULL,
    size_bytes BIGINT NOT NULL,
    -- For people to see; the file's own length is what an upload goes on from.
    received_bytes BIGINT NOT NULL DEFAULT 0,
    status TEXT NOT NULL,
    playable BOOLEAN NOT NULL DEFAULT FALSE,
    progress DOUBLE PRECISION NOT NULL DEFAULT 0,
    eta_seconds DOUBLE PRECISION,
    stalled BOOLEAN NOT NULL DEFAULT FALSE,
    duration_ms BIGINT,
    width BIGINT,
    height BIGINT,
    -- JSON array of Rendition.
    renditions TEXT NOT NULL DEFAULT '[]',
    failure TEXT,
    -- The attempt whose output is served; 0 before there is one.
    attempt BIGINT NOT NULL DEFAULT 0,
    poster BOOLEAN NOT NULL DEFAULT FALSE,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    -- Empty once the upload is complete.
    upload_expires_at BIGINT
);
CREATE INDEX videos_by_owner ON videos (owner_id, created_at);
CREATE INDEX videos_by_upload_expiry ON videos (upload_expires_at);

CREATE TABLE jobs (
    video_id TEXT PRIMARY KEY REFERENCES videos (id) ON DELETE CASCADE,
    -- queued, running, done or failed.
    state TEXT NOT NULL,
    -- Grows with every claim of this video for ever: names the output directory and fences late writers.
    attempt BIGINT NOT NULL DEFAULT 0,
    -- Claims since the job was last enqueued: what the retry limit counts.
    tries BIGINT NOT NULL DEFAULT 0,
    priority BIGINT NOT NULL DEFAULT 0,
    run_at BIGINT NOT NULL,
    lease_until BIGINT,
    enqueued_at BIGINT NOT NULL
);
CREATE INDEX jobs_by_turn ON jobs (state, priority, run_at);
