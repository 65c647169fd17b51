@NullMarked
package dev.belfry.sandbox.world;

import org.jspecify.annotations.NullMarked;
