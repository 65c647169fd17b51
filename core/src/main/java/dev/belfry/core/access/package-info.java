/** How programs get a token by a person's consent (contract, auth.md). */
@NullMarked
package dev.belfry.core.access;

import org.jspecify.annotations.NullMarked;
