/** Files: those that clients brought, those that networks gave, and what may be shown of them. */
@NullMarked
package dev.belfry.core.files;

import org.jspecify.annotations.NullMarked;
