package dev.belfry.http.events;

import dev.belfry.model.Grant;
import java.util.function.BooleanSupplier;

/**
 * Whose request it is to hear events.
 *
 * @param grant what they may see
 * @param allowed whether their token is still good
 */
public record Listener(Grant grant, BooleanSupplier allowed) {}
