/** The bridge to the library, tried against a real homeserver. */
@NullMarked
package dev.belfry.matrix.trixnity;

import org.jspecify.annotations.NullMarked;
