-- Limits of tokens.
ALTER TABLE token ADD COLUMN accounts TEXT; -- ids of accounts, a space between; null: all
ALTER TABLE token ADD COLUMN chats TEXT;    -- numbers of chats, a space between; null: all
ALTER TABLE change ADD COLUMN account INTEGER NOT NULL DEFAULT 0; -- of its chat: known of a deleted one too
UPDATE change SET account = ifnull((SELECT c.account FROM chat c WHERE c.id = change.chat), 0);

-- Statistics of a small file would make SQLite read whole tables once the file is large: there are none.
DROP TABLE IF EXISTS sqlite_stat1;
DROP TABLE IF EXISTS sqlite_stat4;
