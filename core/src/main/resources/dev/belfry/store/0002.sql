-- Limits of tokens.
ALTER TABLE token ADD COLUMN accounts TEXT; -- ids of accounts, a space between; null: all
ALTER TABLE token ADD COLUMN chats TEXT;    -- numbers of chats, a space between; null: all

-- Search by type of chat: what is indexed of a chat that changed its type may bear the other one.
ALTER TABLE chat ADD COLUMN retyped INTEGER NOT NULL DEFAULT 0 CHECK (retyped IN (0, 1));
CREATE INDEX chat_retyped ON chat (type) WHERE retyped = 1;
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
