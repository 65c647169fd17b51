/**
 * A real Matrix homeserver for tests, and people who use it with another client than ours.
 *
 * <p>A test asks the homeserver here what really happened, past all of our own code. Nothing of
 * Belfry is used in this package but its JSON codec.
 */
@NullMarked
package dev.belfry.homeserver;

import org.jspecify.annotations.NullMarked;
