-- Limits of tokens.
ALTER TABLE token ADD COLUMN accounts TEXT; -- ids of accounts, a space between; null: all
ALTER TABLE token ADD COLUMN chats TEXT;    -- numbers of chats, a space between; null: all
