/** The description of the API: as an OpenAPI document, and as a page for people. */
@NullMarked
package dev.belfry.http.spec;

import org.jspecify.annotations.NullMarked;
