/** What a process has: terminal, log, exit status, version. */
@NullMarked
package dev.belfry.server.process;

import org.jspecify.annotations.NullMarked;
