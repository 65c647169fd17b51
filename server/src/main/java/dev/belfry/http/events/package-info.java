/** How events reach clients: one reading of the log, shared by all who listen to it. */
@NullMarked
package dev.belfry.http.events;

import org.jspecify.annotations.NullMarked;
