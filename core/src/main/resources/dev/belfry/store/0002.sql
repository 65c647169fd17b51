-- Limits of tokens.
ALTER TABLE token ADD COLUMN accounts TEXT; -- ids of accounts, a space between; null: all
ALTER TABLE token ADD COLUMN chats TEXT;    -- numbers of chats, a space between; null: all
ALTER TABLE change ADD COLUMN account INTEGER NOT NULL DEFAULT 0; -- of its chat: known of a deleted one too
UPDATE change SET account = ifnull((SELECT c.account FROM chat c WHERE c.id = change.chat), 0);
