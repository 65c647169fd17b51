/**
 * The parts of an answer, each alone: bare HTTP, bare SQL, bare JSON. They run in a process of
 * their own with the same Java flags as the server that they are compared with.
 */
@NullMarked
package dev.belfry.bench.parts;

import org.jspecify.annotations.NullMarked;
