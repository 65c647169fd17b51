/**
 * What a request says, read strictly and with the exact place of every fault. Knows no HTTP server.
 */
@NullMarked
package dev.belfry.http.read;

import org.jspecify.annotations.NullMarked;
