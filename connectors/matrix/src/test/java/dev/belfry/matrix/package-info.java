/** Tests of the Matrix connector without a real homeserver. */
@NullMarked
package dev.belfry.matrix;

import org.jspecify.annotations.NullMarked;
