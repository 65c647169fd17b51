-- Limits of tokens.
ALTER TABLE token ADD COLUMN accounts TEXT; -- ids of accounts, a space between; null: all
ALTER TABLE token ADD COLUMN chats TEXT;    -- numbers of chats, a space between; null: all

-- Access by consent.
CREATE TABLE client (                  -- programs that registered themselves
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  uri TEXT,
  redirect_uris TEXT NOT NULL,         -- a line each
  created INTEGER NOT NULL,
  used INTEGER NOT NULL                -- when it last asked for access
) STRICT, WITHOUT ROWID;
CREATE INDEX client_used ON client (used);

CREATE TABLE consent (                 -- what a person allowed a client: the token that came of it
  token TEXT PRIMARY KEY REFERENCES token (id) ON DELETE CASCADE,
  client TEXT NOT NULL,                -- its id, also of one that is not registered
  resource TEXT,                       -- what the token was asked for, as a URL
  code BLOB NOT NULL UNIQUE            -- hash of the code that was exchanged for it
) STRICT, WITHOUT ROWID;
CREATE INDEX consent_client ON consent (client);

ALTER TABLE change ADD COLUMN account INTEGER NOT NULL DEFAULT 0; -- of its chat: known of a deleted one too
UPDATE change SET account = ifnull((SELECT c.account FROM chat c WHERE c.id = change.chat), 0);

-- Statistics of a small file would make SQLite read whole tables once the file is large: there are none.
DROP TABLE IF EXISTS sqlite_stat1;
DROP TABLE IF EXISTS sqlite_stat4;

-- What was answered to writes with an Idempotency-Key, for a day.
CREATE TABLE answer (
  id INTEGER PRIMARY KEY,
  subject TEXT NOT NULL,               -- the token
  method TEXT NOT NULL,
  path TEXT NOT NULL,
  idempotency_key TEXT NOT NULL,
  hash TEXT NOT NULL,                  -- of what was asked
  created INTEGER NOT NULL,
  done TEXT NOT NULL DEFAULT '{}',     -- what was committed before there was an answer: step to result
  status INTEGER,                      -- null while there is no final answer
  headers TEXT,
  body TEXT,
  UNIQUE (subject, method, path, idempotency_key)
) STRICT;
CREATE INDEX answer_created ON answer (created);

-- The order of contacts.
DROP INDEX person_name;
CREATE INDEX person_name ON person (account, sort_name, user_id);
