package dev.belfry.api;

import io.avaje.jsonb.Json;

/**
 * Answer to a focus request (contract: models, FocusResponse).
 *
 * @param success a window came to the front
 */
@Json
public record FocusResponse(boolean success) {}
