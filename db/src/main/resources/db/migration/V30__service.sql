CREATE TABLE app_user (
  username text PRIMARY KEY CHECK (username ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
  display_name text NOT NULL CHECK (length(display_name) BETWEEN 1 AND 200),
  password_hash text NOT NULL,
  roles text[] NOT NULL CHECK (roles <@ ARRAY['radiologist', 'administrator', 'auditor']),
  disabled boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL
);
