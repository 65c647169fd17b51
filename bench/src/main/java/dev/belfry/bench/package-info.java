/** Measures the server and its parts. */
@NullMarked
package dev.belfry.bench;

import org.jspecify.annotations.NullMarked;
