-- What a film has beside its renditions: subtitles, pictures for the seek bar, and what was found in its file and decided about
-- it. Adds columns with constant defaults, which rewrites no row.

-- JSON array of the subtitles that the served attempt made.
ALTER TABLE videos ADD COLUMN subtitles TEXT NOT NULL DEFAULT '[]';
-- JSON array of those that the owner added; they stay when the film is made anew.
ALTER TABLE videos ADD COLUMN added_subtitles TEXT NOT NULL DEFAULT '[]';
-- The served attempt has pictures for the seek bar.
ALTER TABLE videos ADD COLUMN thumbnails BOOLEAN NOT NULL DEFAULT FALSE;
-- JSON: what the last probe found in the file, and what the plan decided and why. Empty before there was one.
ALTER TABLE videos ADD COLUMN report TEXT;
ALTER TABLE videos ADD COLUMN decisions TEXT NOT NULL DEFAULT '[]';
