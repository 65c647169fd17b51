package dev.belfry.http.spec;

import org.jspecify.annotations.Nullable;

/**
 * What is known of an endpoint without description.
 *
 * @param path with parameters in braces
 * @param scope what a token must be good for, such as {@code read}; null where none is needed
 */
public record Endpoint(String method, String path, @Nullable String scope) {}
