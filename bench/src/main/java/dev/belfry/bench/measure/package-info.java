/** Clocks, loops and figures. */
@NullMarked
package dev.belfry.bench.measure;

import org.jspecify.annotations.NullMarked;
