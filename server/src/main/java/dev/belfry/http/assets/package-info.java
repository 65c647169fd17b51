/** Forms in which files come and go by HTTP. */
@NullMarked
package dev.belfry.http.assets;

import org.jspecify.annotations.NullMarked;
