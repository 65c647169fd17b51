-- Limits of tokens.
ALTER TABLE token ADD COLUMN accounts TEXT; -- ids of accounts, a space between; null: all
ALTER TABLE token ADD COLUMN chats TEXT;    -- numbers of chats, a space between; null: all

-- Search by type of chat: what is indexed of a chat that changed its type may bear the other one.
ALTER TABLE chat ADD COLUMN retyped INTEGER NOT NULL DEFAULT 0 CHECK (retyped IN (0, 1));
CREATE INDEX chat_retyped ON chat (type) WHERE retyped = 1;
