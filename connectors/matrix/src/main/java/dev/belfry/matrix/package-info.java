/** The Matrix network, encrypted rooms and bridges included. */
@NullMarked
package dev.belfry.matrix;

import org.jspecify.annotations.NullMarked;
