/** Benchmarks under JMH. */
@NullMarked
package dev.belfry.bench.micro;

import org.jspecify.annotations.NullMarked;
