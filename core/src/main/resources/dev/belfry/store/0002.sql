-- Limits of tokens.
ALTER TABLE token ADD COLUMN accounts TEXT; -- ids of accounts, a space between; null: all
ALTER TABLE token ADD COLUMN chats TEXT;    -- numbers of chats, a space between; null: all

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
