/** HTTP in, one call of the core, JSON out. */
@NullMarked
package dev.belfry.http;

import org.jspecify.annotations.NullMarked;
