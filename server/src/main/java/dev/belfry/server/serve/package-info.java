/** Running the server: listening, starting, ending. */
@NullMarked
package dev.belfry.server.serve;

import org.jspecify.annotations.NullMarked;
