/** Plain requests of the Matrix client-server API. */
@NullMarked
package dev.belfry.matrix.http;

import org.jspecify.annotations.NullMarked;
