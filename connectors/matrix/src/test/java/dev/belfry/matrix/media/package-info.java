/** Tests of files on their way. */
@NullMarked
package dev.belfry.matrix.media;

import org.jspecify.annotations.NullMarked;
