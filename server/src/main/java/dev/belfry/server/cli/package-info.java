/** The command line: each command reads its options, asks a hub and prints. */
@NullMarked
package dev.belfry.server.cli;

import org.jspecify.annotations.NullMarked;
