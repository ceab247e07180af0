-- Which output folder a job fills: a try goes on where the last one ended, so it is no longer named after the claim. Adds a
-- column with a constant default, which rewrites no row.

-- 0 before its first claim.
ALTER TABLE jobs ADD COLUMN output BIGINT NOT NULL DEFAULT 0;
