/**
 * A real Matrix homeserver for tests, and people who use it with another client than ours.
 *
 * <p>A test asks the homeserver here what really happened, past all of our own code. Nothing in
 * this package knows Belfry.
 */
@NullMarked
package dev.belfry.homeserver;

import org.jspecify.annotations.NullMarked;
