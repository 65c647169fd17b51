package dev.belfry.matrix.trixnity

import java.time.Duration
import java.time.Instant
import java.time.InstantSource
import java.util.concurrent.ConcurrentHashMap

/**
 * Who could not be reached, and from when on they may be asked again: each time later, up to an
 * hour.
 */
internal class Rests<T : Any>(private val clock: InstantSource) {
    private class Rest(val times: Int, val until: Instant)

    private val resting = ConcurrentHashMap<T, Rest>()

    fun isResting(one: T): Boolean = resting[one]?.let { clock.instant() < it.until } == true

    /** Those who were unreachable and may be asked again. */
    fun due(): Set<T> = resting.keys.filterNot(::isResting).toSet()

    fun failed(one: T) {
        resting.compute(one) { _, before ->
            val times = (before?.times ?: 0) + 1
            val rest = FIRST.multipliedBy(1L shl minOf(2 * (times - 1), MOST_DOUBLINGS))
            Rest(times, clock.instant() + minOf(rest, LONGEST))
        }
    }

    fun reached(all: Collection<T>) {
        resting.keys.removeAll(all.toSet())
    }

    private companion object {
        val FIRST: Duration = Duration.ofSeconds(15)
        val LONGEST: Duration = Duration.ofHours(1)
        const val MOST_DOUBLINGS = 20
    }
}
