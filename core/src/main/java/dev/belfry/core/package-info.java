/** What the hub does: one class a noun, one method a gesture of the user. */
@NullMarked
package dev.belfry.core;

import org.jspecify.annotations.NullMarked;
