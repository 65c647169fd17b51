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

-- Search by type of chat: what is indexed of a chat that changed its type may bear the other one.
ALTER TABLE chat ADD COLUMN retyped INTEGER NOT NULL DEFAULT 0 CHECK (retyped IN (0, 1));
CREATE INDEX chat_retyped ON chat (type) WHERE retyped = 1;
-- Events: the change log read with cursors.
CREATE TABLE event_log (               -- one row
  id INTEGER PRIMARY KEY,
  swept INTEGER NOT NULL DEFAULT 0,    -- the last change that is no longer kept
  epoch BLOB NOT NULL,                 -- which history this is: another one after a backup was put back
  key BLOB NOT NULL                    -- cursors are encrypted with it
) STRICT;
INSERT INTO event_log (id, epoch, key) VALUES (1, randomblob(4), randomblob(16));
CREATE TABLE gone_chat (               -- deleted chats, for as long as the log speaks of them
  chat INTEGER PRIMARY KEY,
  account_id TEXT NOT NULL,
  canonical_id TEXT NOT NULL,
  seq INTEGER NOT NULL                 -- the change that told of the end
) STRICT;
CREATE INDEX gone_chat_seq ON gone_chat (seq);
-- Files: which messages name them, by the URLs that clients ask for them.
CREATE TABLE asset (
  url TEXT NOT NULL,
  message INTEGER NOT NULL,
  PRIMARY KEY (url, message)
) STRICT, WITHOUT ROWID;
CREATE INDEX asset_message ON asset (message);
CREATE TRIGGER asset_added AFTER INSERT ON message WHEN new.extra IS NOT NULL BEGIN
  INSERT OR IGNORE INTO asset (url, message)
    SELECT value, new.id FROM json_tree(new.extra)
    WHERE type = 'text' AND key IN ('id', 'srcURL', 'posterImg', 'img', 'favicon', 'imgURL')
      AND (value GLOB 'mxc://*' OR value GLOB 'localmxc://*' OR value GLOB 'file:*');
  END;
CREATE TRIGGER asset_changed AFTER UPDATE OF extra ON message WHEN new.extra IS NOT old.extra BEGIN
  DELETE FROM asset WHERE message = old.id;
  INSERT OR IGNORE INTO asset (url, message)
    SELECT value, new.id FROM json_tree(new.extra)
    WHERE type = 'text' AND key IN ('id', 'srcURL', 'posterImg', 'img', 'favicon', 'imgURL')
      AND (value GLOB 'mxc://*' OR value GLOB 'localmxc://*' OR value GLOB 'file:*');
  END;
CREATE TRIGGER asset_removed AFTER DELETE ON message WHEN old.extra IS NOT NULL BEGIN
  DELETE FROM asset WHERE message = old.id;
  END;
INSERT OR IGNORE INTO asset (url, message)
  SELECT j.value, m.id FROM message m, json_tree(m.extra) j
  WHERE m.extra IS NOT NULL AND j.type = 'text'
    AND j.key IN ('id', 'srcURL', 'posterImg', 'img', 'favicon', 'imgURL')
    AND (j.value GLOB 'mxc://*' OR j.value GLOB 'localmxc://*' OR j.value GLOB 'file:*');
CREATE INDEX chat_picture ON chat (img_url) WHERE img_url IS NOT NULL;
CREATE INDEX person_picture ON person (img_url) WHERE img_url IS NOT NULL;
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
