package dev.belfry.model;

import org.jspecify.annotations.Nullable;

/**
 * How a token came to be that was not made by hand: a person let a client have it.
 *
 * @param client the client's id, which need not be registered
 * @param resource what the token was asked for, as a URL (RFC 8707); null where that was left open
 */
public record Consent(String client, @Nullable String resource) {}
