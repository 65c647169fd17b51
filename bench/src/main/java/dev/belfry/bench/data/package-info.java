/** The made-up inbox that is measured: as large as asked for, and the same on every machine. */
@NullMarked
package dev.belfry.bench.data;

import org.jspecify.annotations.NullMarked;
