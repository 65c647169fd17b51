/** The SQLite file: the only place that knows SQL. One class a table. */
@NullMarked
package dev.belfry.store;

import org.jspecify.annotations.NullMarked;
