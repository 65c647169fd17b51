/** JSON in and out: {@link dev.belfry.api.codec.Codec} is the only way. */
@NullMarked
package dev.belfry.api.codec;

import org.jspecify.annotations.NullMarked;
