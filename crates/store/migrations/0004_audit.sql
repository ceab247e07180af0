-- The audit log (SEC-5). New table only: takes no lock that running statements would notice.

CREATE TABLE audit_log (
    id TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    action TEXT NOT NULL,
    actor_id TEXT,
    address TEXT,
    target TEXT,
    metadata TEXT NOT NULL,
    success BOOLEAN NOT NULL
);
CREATE INDEX audit_log_by_time ON audit_log (at);
