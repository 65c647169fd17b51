/** Files on their way to and from the homeserver, encrypted where the room is. */
@NullMarked
package dev.belfry.matrix.media;

import org.jspecify.annotations.NullMarked;
