/** JSON adapters written by hand, where the generated ones do not do; not exported. */
@NullMarked
package dev.belfry.api.adapter;

import org.jspecify.annotations.NullMarked;
