package dev.belfry.http.events;

import dev.belfry.model.Grant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whose request it is to hear events.
 *
 * @param grant what they may see
 * @param standing what their token is good for whenever asked; empty once it is for nothing
 */
public record Listener(Grant grant, Supplier<Optional<Grant>> standing) {}
