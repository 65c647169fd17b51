/**
 * JSON that somebody else wrote, looked at without trust, and read as a stream where it is large.
 */
@NullMarked
package dev.belfry.matrix.json;

import org.jspecify.annotations.NullMarked;
