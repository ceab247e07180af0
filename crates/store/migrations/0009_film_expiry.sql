-- When a film expires; empty where films are kept. Adds a column without a default, which rewrites no row, and an index, which
-- keeps writers of videos waiting for as long as it takes to read the table.

ALTER TABLE videos ADD COLUMN expires_at BIGINT;
CREATE INDEX videos_by_expiry ON videos (expires_at);
