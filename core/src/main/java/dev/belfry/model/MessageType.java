package dev.belfry.model;

/** What a message is made of (contract, models.md, Message.type). */
public enum MessageType {
  TEXT,
  /** A service message, or a bot's. */
  NOTICE,
  IMAGE,
  VIDEO,
  VOICE,
  AUDIO,
  FILE,
  STICKER,
  LOCATION,
  REACTION
}
