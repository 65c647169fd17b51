/** Who may reach the server, how often and how slowly. */
@NullMarked
package dev.belfry.http.guard;

import org.jspecify.annotations.NullMarked;
