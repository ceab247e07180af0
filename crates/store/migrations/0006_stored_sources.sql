-- Whether the file that was uploaded for a video is still kept: one that can never become a film is removed, and takes nothing
-- of its owner's quota. Adds a column with a constant default, which rewrites no row; the update takes row locks on refused
-- videos only.

ALTER TABLE videos ADD COLUMN source_stored BOOLEAN NOT NULL DEFAULT TRUE;

UPDATE videos SET source_stored = FALSE
WHERE status = 'failed'
  AND failure IN ('unsupported_format', 'mime_mismatch', 'too_large', 'too_long', 'unreadable');
