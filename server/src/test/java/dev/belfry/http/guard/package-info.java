@NullMarked
package dev.belfry.http.guard;

import org.jspecify.annotations.NullMarked;
