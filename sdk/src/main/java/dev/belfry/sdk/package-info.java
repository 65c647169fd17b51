/**
 * The Java client of the API: synchronous, typed, no checked exceptions. Begin with {@link
 * dev.belfry.sdk.Belfry}.
 */
@NullMarked
package dev.belfry.sdk;

import org.jspecify.annotations.NullMarked;
