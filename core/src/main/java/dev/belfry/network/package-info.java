/** The contract between the hub and the connectors, each of which speaks to one kind of network. */
@NullMarked
package dev.belfry.network;

import org.jspecify.annotations.NullMarked;
