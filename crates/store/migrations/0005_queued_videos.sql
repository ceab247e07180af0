-- The films that wait in rooms' queues, so that nobody deletes them there. A new table only: takes no lock that running
-- statements would notice.

CREATE TABLE queued_videos (
    room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    video_id TEXT NOT NULL,
    PRIMARY KEY (room_id, video_id)
);
CREATE INDEX queued_videos_by_video ON queued_videos (video_id);
