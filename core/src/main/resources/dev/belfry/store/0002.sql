-- Limits of tokens.
ALTER TABLE token ADD COLUMN accounts TEXT; -- ids of accounts, a space between; null: all
ALTER TABLE token ADD COLUMN chats TEXT;    -- numbers of chats, a space between; null: all

-- Events: the change log read with cursors.
CREATE TABLE event_log (               -- one row: what the cursors of this log are made with
  epoch BLOB NOT NULL,                 -- which history this is: another one after a backup was put back
  key BLOB NOT NULL
) STRICT;
INSERT INTO event_log (epoch, key) VALUES (randomblob(4), randomblob(16));
CREATE TABLE gone_chat (               -- deleted chats, for as long as the log speaks of them
  chat INTEGER PRIMARY KEY,
  account_id TEXT NOT NULL,
  canonical_id TEXT NOT NULL,
  seq INTEGER NOT NULL                 -- the change that told of the end
) STRICT;
CREATE INDEX gone_chat_seq ON gone_chat (seq);
