/** Tests of reading JSON. */
@NullMarked
package dev.belfry.matrix.json;

import org.jspecify.annotations.NullMarked;
