/** What the hub knows: identifiers, records and sealed types without any I/O. */
@NullMarked
package dev.belfry.model;

import org.jspecify.annotations.NullMarked;
