-- A place (message.id, chat.activity, chat.read_up_to) is Unix milliseconds * 4096 + a slot. It orders a chat as the network's timeline does.

CREATE TABLE account (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id TEXT NOT NULL UNIQUE,
  connector TEXT NOT NULL,
  network TEXT NOT NULL,
  login_id TEXT NOT NULL,
  status TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  synced INTEGER NOT NULL DEFAULT 0,   -- 1 once its first connection has delivered what there was
  removed INTEGER NOT NULL DEFAULT 0   -- 1: logged out by the person; its history stays
) STRICT;

CREATE TABLE person (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  user_id TEXT NOT NULL,
  full_name TEXT,
  username TEXT,
  phone_number TEXT,
  email TEXT,
  img_url TEXT,
  is_self INTEGER NOT NULL DEFAULT 0,
  cannot_message INTEGER NOT NULL DEFAULT 0,
  UNIQUE (account, user_id)
) STRICT;
CREATE INDEX person_self ON person (account) WHERE is_self = 1;

CREATE TABLE capability_set (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  json TEXT NOT NULL UNIQUE            -- shared by all chats that can do the same
) STRICT;

CREATE TABLE chat (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  canonical_id TEXT NOT NULL UNIQUE,
  network_key TEXT NOT NULL,
  network TEXT NOT NULL DEFAULT '',    -- '': the account's own
  type TEXT NOT NULL DEFAULT 'GROUP',
  title TEXT NOT NULL DEFAULT '',      -- the one shown
  network_title TEXT,                  -- the network's; where null, the one shown is made from the members
  description TEXT,
  img_url TEXT,
  archived INTEGER NOT NULL DEFAULT 0,
  low_priority INTEGER NOT NULL DEFAULT 0,
  muted INTEGER NOT NULL DEFAULT 0,
  pinned INTEGER NOT NULL DEFAULT 0,
  read_only INTEGER NOT NULL DEFAULT 0,
  send_refusal TEXT,
  message_expiry INTEGER,              -- seconds
  members INTEGER NOT NULL DEFAULT 0,
  capability_set INTEGER REFERENCES capability_set (id),
  activity INTEGER NOT NULL,           -- place of the newest shown message, else of the chat's creation
  last_message INTEGER,                -- the newest shown message
  read_up_to INTEGER NOT NULL DEFAULT 0,
  unread INTEGER NOT NULL DEFAULT 0,
  unread_mentions INTEGER NOT NULL DEFAULT 0,
  marked_unread INTEGER NOT NULL DEFAULT 0,
  seen_receipt TEXT,                   -- what the network said last of each kind: only what differs is a change
  seen_marker TEXT,
  seen_flag INTEGER NOT NULL DEFAULT 0,
  wanted INTEGER NOT NULL DEFAULT 0,   -- 1 the receipt, 2 the marker: its event is not stored yet and is to be followed once it is
  draft TEXT,
  remind_at INTEGER,                   -- Unix milliseconds
  remind_dismiss INTEGER NOT NULL DEFAULT 0,
  snooze_until INTEGER,
  snoozed_at INTEGER,
  UNIQUE (account, network_key)
) STRICT;
CREATE INDEX chat_activity ON chat (activity, id);
CREATE INDEX chat_account_activity ON chat (account, activity, id);

CREATE TABLE member (
  chat INTEGER NOT NULL REFERENCES chat (id) ON DELETE CASCADE,
  person INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  flags INTEGER NOT NULL DEFAULT 0,    -- 1 administrator, 2 bot of the network, 4 invited
  PRIMARY KEY (chat, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX member_person ON member (person);

CREATE TABLE message (
  id INTEGER PRIMARY KEY,
  chat INTEGER NOT NULL REFERENCES chat (id) ON DELETE CASCADE,
  sender INTEGER NOT NULL,             -- a person; no REFERENCES, as deleting people would then read through all messages
  ts INTEGER NOT NULL,                 -- Unix milliseconds, as the network said
  kind TEXT NOT NULL,                  -- a message type, or EDIT, DELETION
  flags INTEGER NOT NULL,              -- 1 counts as unread, 2 mentions the owner, 4 the owner's own, 8 not shown, 16 deleted, 32 placed by us
  network_key TEXT,
  target_key TEXT,                     -- what it answers, edits, deletes or reacts to
  pending_id TEXT,
  edited_ts INTEGER,
  delivery TEXT,
  body TEXT NOT NULL DEFAULT '',
  html TEXT,
  extra TEXT                           -- attachments, links, mentions
) STRICT;
CREATE INDEX message_place ON message (chat, id);
CREATE INDEX message_shown ON message (chat, id) WHERE flags & 8 = 0;
CREATE INDEX message_unread ON message (chat, id, flags) WHERE flags & 1 = 1;
CREATE UNIQUE INDEX message_network_key ON message (chat, network_key) WHERE network_key IS NOT NULL;
CREATE INDEX message_target ON message (chat, target_key) WHERE target_key IS NOT NULL;
CREATE UNIQUE INDEX message_pending ON message (pending_id) WHERE pending_id IS NOT NULL;

CREATE VIRTUAL TABLE search USING fts5 (
  tokens, content='', contentless_delete=1, detail=none, tokenize="ascii tokenchars '#'"
);

CREATE TABLE receipt (                 -- how far others have read
  chat INTEGER NOT NULL REFERENCES chat (id) ON DELETE CASCADE,
  person INTEGER NOT NULL,             -- likewise
  up_to INTEGER NOT NULL,              -- a place
  at INTEGER NOT NULL,
  PRIMARY KEY (chat, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE gap (                     -- what may lie before a message and is not stored yet
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  chat INTEGER NOT NULL REFERENCES chat (id) ON DELETE CASCADE,
  before INTEGER NOT NULL,             -- a place
  token TEXT NOT NULL,
  live INTEGER NOT NULL,               -- 1: arose after the first connection, so what fills it is news
  not_before INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  UNIQUE (chat, before)
) STRICT;

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  chat INTEGER NOT NULL REFERENCES chat (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  pending_id TEXT UNIQUE,
  payload TEXT NOT NULL DEFAULT '',
  queued_after INTEGER NOT NULL DEFAULT 0, -- the place of what was last in the chat then
  created INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  tried_by TEXT,                       -- what the network remembers the last try's transaction for; null: nothing can have got through
  not_before INTEGER NOT NULL DEFAULT 0,
  sent_key TEXT,                       -- the network's answer, while its echo is awaited
  deadline INTEGER                     -- when to stop waiting for the echo
) STRICT;
CREATE INDEX outbox_lane ON outbox (account, chat, id);
CREATE INDEX outbox_chat ON outbox (chat, id);

CREATE TABLE change (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  chat INTEGER NOT NULL,               -- 0 for changes of accounts
  ref TEXT NOT NULL DEFAULT '',
  ts INTEGER NOT NULL
) STRICT;
CREATE INDEX change_chat ON change (chat, seq);

CREATE TABLE token (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  hash BLOB NOT NULL UNIQUE,
  scopes TEXT NOT NULL,
  created INTEGER NOT NULL,
  expires INTEGER,
  last_used INTEGER
) STRICT;

CREATE TABLE quarantine (              -- what a network said and could not be stored
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  event TEXT NOT NULL,
  reason TEXT NOT NULL,
  ts INTEGER NOT NULL
) STRICT;
