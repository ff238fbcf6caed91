-- The audit chain. sequence has no gaps; each entry holds the digest of the one before
-- (io.overread.audit.EntryDigest says over which bytes).
CREATE TABLE audit_entry (
  sequence bigint PRIMARY KEY CHECK (sequence > 0),
  recorded_at timestamptz NOT NULL,
  action text NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('SUCCESS', 'REFUSED', 'FAILED')),
  actor text NOT NULL,
  study_instance_uid text,
  subject text,
  detail text NOT NULL,
  previous_digest bytea NOT NULL CHECK (octet_length(previous_digest) = 32),
  digest bytea NOT NULL UNIQUE CHECK (octet_length(digest) = 32)
);
CREATE INDEX audit_entry_study ON audit_entry (study_instance_uid, sequence);

-- 21 CFR 11.10(e): earlier entries are never obscured. The service may add and read, nothing else.
REVOKE ALL ON audit_entry FROM overread_service;
GRANT SELECT, INSERT ON audit_entry TO overread_service;
