/**
 * What is known of rooms: their state, members and settings, and what follows from it for chats.
 */
@NullMarked
package dev.belfry.matrix.room;

import org.jspecify.annotations.NullMarked;
