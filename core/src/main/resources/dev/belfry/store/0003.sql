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
