/** What the constructors of the records check; not exported. */
@NullMarked
package dev.belfry.api.check;

import org.jspecify.annotations.NullMarked;
