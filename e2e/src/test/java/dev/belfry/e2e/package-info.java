/**
 * End to end: the packaged server as a process, real homeservers, the official SDK.
 *
 * <p>Every answer that a client gets here is checked against the contract's schemas.
 */
@NullMarked
package dev.belfry.e2e;

import org.jspecify.annotations.NullMarked;
