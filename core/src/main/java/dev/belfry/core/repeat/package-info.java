/** Requests that are sent again, and are to be done once. */
@NullMarked
package dev.belfry.core.repeat;

import org.jspecify.annotations.NullMarked;
