/**
 * What the command line can ask of a hub, whether the hub runs here or in a server that is spoken
 * to by a socket.
 */
@NullMarked
package dev.belfry.server.commands;

import org.jspecify.annotations.NullMarked;
