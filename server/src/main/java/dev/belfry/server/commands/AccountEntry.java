package dev.belfry.server.commands;

import io.avaje.jsonb.Json;

/**
 * An account as the command line shows it.
 *
 * @param user the owner's name on the network, such as {@code @ada:example.org}
 * @param state such as {@code connected}; {@code stopped} where no server runs
 * @param reason what is the matter and what to do about it; empty when there is nothing to say
 */
@Json
public record AccountEntry(String id, String network, String user, String state, String reason) {}
