/** A simulated network: deterministic people who answer, and faults on demand. */
@NullMarked
package dev.belfry.sandbox;

import org.jspecify.annotations.NullMarked;
