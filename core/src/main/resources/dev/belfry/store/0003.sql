-- Pages need not look for reactions to messages that have none.
ALTER TABLE message ADD COLUMN reacted INTEGER NOT NULL DEFAULT 0; -- 1: there is, or was, a reaction to it
CREATE TRIGGER reaction_added AFTER INSERT ON message WHEN new.kind = 'REACTION' BEGIN
  UPDATE message SET reacted = 1 WHERE chat = new.chat AND network_key = new.target_key AND reacted = 0;
  END;
CREATE TRIGGER reaction_revealed AFTER UPDATE OF kind, target_key ON message WHEN new.kind = 'REACTION' BEGIN
  UPDATE message SET reacted = 1 WHERE chat = new.chat AND network_key = new.target_key AND reacted = 0;
  END;
CREATE TRIGGER reaction_waited AFTER INSERT ON message WHEN new.network_key IS NOT NULL BEGIN
  UPDATE message SET reacted = 1 WHERE id = new.id AND EXISTS (
    SELECT 1 FROM message r WHERE r.chat = new.chat AND r.target_key = new.network_key AND r.kind = 'REACTION');
  END;
CREATE TRIGGER reaction_waited_for_key AFTER UPDATE OF network_key ON message WHEN new.network_key IS NOT NULL BEGIN
  UPDATE message SET reacted = 1 WHERE id = new.id AND EXISTS (
    SELECT 1 FROM message r WHERE r.chat = new.chat AND r.target_key = new.network_key AND r.kind = 'REACTION');
  END;
UPDATE message SET reacted = 1
  FROM (SELECT DISTINCT chat, target_key FROM message WHERE kind = 'REACTION' AND target_key IS NOT NULL) r
  WHERE message.chat = r.chat AND message.network_key = r.target_key;

-- What waits to be sent may be much, and costs no more for that.
DROP INDEX outbox_lane;
CREATE INDEX outbox_lane ON outbox (account, chat, kind, id, deadline) WHERE deadline IS NULL;
DROP INDEX outbox_chat;
CREATE INDEX outbox_chat ON outbox (chat, kind, id);
CREATE INDEX outbox_due ON outbox (account, ifnull(deadline, not_before));
CREATE INDEX outbox_deadline ON outbox (account, deadline) WHERE deadline IS NOT NULL;
CREATE INDEX outbox_sent ON outbox (chat, sent_key) WHERE sent_key IS NOT NULL;

-- Numbers of chats come in no order: who sees some learns nothing of how many there are.
CREATE TABLE chat_number (             -- one row
  id INTEGER PRIMARY KEY,
  given INTEGER NOT NULL,              -- how many
  key BLOB NOT NULL                    -- they are shuffled with it
) STRICT;
INSERT INTO chat_number (id, given, key) VALUES (1, 0, randomblob(16));

-- What the log has forgotten, of whom: who may see little must not be told that something else is gone.
ALTER TABLE chat ADD COLUMN swept INTEGER NOT NULL DEFAULT 0;    -- the last change of it that is no longer kept
ALTER TABLE account ADD COLUMN swept INTEGER NOT NULL DEFAULT 0; -- likewise of its chats, those that are gone too
UPDATE chat SET swept = (SELECT l.swept FROM event_log l WHERE l.id = 1);
UPDATE account SET swept = (SELECT l.swept FROM event_log l WHERE l.id = 1);

-- Tokens whose limits became narrower, as an account is gone: the number of the last change until then.
ALTER TABLE token ADD COLUMN narrowed INTEGER NOT NULL DEFAULT 0;

-- What a message said before it was edited: it says so again when its edits are taken back.
CREATE TABLE original (
  message INTEGER PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE,
  body TEXT NOT NULL,
  html TEXT,
  extra TEXT
) STRICT;

-- How far others have read where that event is not stored yet. A chat that has some bears 4 in "wanted".
CREATE TABLE wanted_receipt (
  chat INTEGER NOT NULL REFERENCES chat (id) ON DELETE CASCADE,
  person INTEGER NOT NULL,             -- as in receipt
  network_key TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (chat, person)
) STRICT, WITHOUT ROWID;

-- How messages fare by their network's latest word, whatever order it is heard in.
ALTER TABLE message ADD COLUMN delivery_ts INTEGER; -- Unix milliseconds: when the network said what "delivery" says
CREATE TABLE wanted_delivery (         -- of messages that are not stored yet
  chat INTEGER NOT NULL REFERENCES chat (id) ON DELETE CASCADE,
  network_key TEXT NOT NULL,
  delivery TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (chat, network_key)
) STRICT, WITHOUT ROWID;
