/** Timeline events, out of Matrix and into it. */
@NullMarked
package dev.belfry.matrix.message;

import org.jspecify.annotations.NullMarked;
