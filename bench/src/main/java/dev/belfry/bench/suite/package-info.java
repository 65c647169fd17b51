/** What is measured, and how the figures are brought together. */
@NullMarked
package dev.belfry.bench.suite;

import org.jspecify.annotations.NullMarked;
