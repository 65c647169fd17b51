/** The records of the HTTP API and their JSON codec, shared by server and client. */
@NullMarked
package dev.belfry.api;

import org.jspecify.annotations.NullMarked;
