@NullMarked
package dev.belfry.sandbox;

import org.jspecify.annotations.NullMarked;
