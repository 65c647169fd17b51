@NullMarked
package dev.belfry.sandbox.media;

import org.jspecify.annotations.NullMarked;
