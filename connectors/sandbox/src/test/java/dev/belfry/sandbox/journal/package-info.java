@NullMarked
package dev.belfry.sandbox.journal;

import org.jspecify.annotations.NullMarked;
