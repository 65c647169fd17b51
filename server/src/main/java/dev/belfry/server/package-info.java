/** The program: its start and its parts, put together. */
@NullMarked
package dev.belfry.server;

import org.jspecify.annotations.NullMarked;
