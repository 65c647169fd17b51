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
