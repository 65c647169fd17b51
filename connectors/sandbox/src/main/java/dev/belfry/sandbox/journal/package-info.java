/** What has happened on the simulated network since its first start, as a file keeps it. */
@NullMarked
package dev.belfry.sandbox.journal;

import org.jspecify.annotations.NullMarked;
