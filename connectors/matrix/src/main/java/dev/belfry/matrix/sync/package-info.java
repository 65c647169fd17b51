/** What an answer of {@code /sync} says, read as a stream and told room by room. */
@NullMarked
package dev.belfry.matrix.sync;

import org.jspecify.annotations.NullMarked;
