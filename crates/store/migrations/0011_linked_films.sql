-- Films that lie on other people's servers: where, and how they are played (`file` or `hls`). Adds two empty columns, which rewrites
-- no row.

ALTER TABLE videos ADD COLUMN link_url TEXT;
ALTER TABLE videos ADD COLUMN link_kind TEXT;
