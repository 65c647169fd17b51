/** The hub's records as the API shows them: one class a noun, and nowhere else. */
@NullMarked
package dev.belfry.http.json;

import org.jspecify.annotations.NullMarked;
