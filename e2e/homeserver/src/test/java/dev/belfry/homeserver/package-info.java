/** The test homeserver, tested. */
@NullMarked
package dev.belfry.homeserver;

import org.jspecify.annotations.NullMarked;
