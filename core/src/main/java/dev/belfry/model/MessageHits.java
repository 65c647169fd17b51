package dev.belfry.model;

import java.util.Map;

/**
 * Messages that were found.
 *
 * @param chats every chat that one of them belongs to, by canonical id
 */
public record MessageHits(Page<Message> page, Map<String, Chat> chats) {}
