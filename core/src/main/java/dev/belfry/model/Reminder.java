package dev.belfry.model;

import java.time.Instant;

/**
 * When a chat comes up again.
 *
 * @param remindAt when it fires
 * @param dismissOnIncomingMessage whether it goes away when somebody writes first
 */
public record Reminder(Instant remindAt, boolean dismissOnIncomingMessage) {}
