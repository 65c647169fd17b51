package dev.belfry.matrix.trixnity

import de.connect2x.lognity.api.ansi.AnsiScope
import de.connect2x.lognity.api.backend.Backend
import de.connect2x.lognity.api.backend.NoopBackend
import de.connect2x.lognity.api.config.Config
import de.connect2x.lognity.api.context.Context
import de.connect2x.lognity.api.context.ContextSpec
import de.connect2x.lognity.api.context.EmptyContext
import de.connect2x.lognity.api.logger.Level
import de.connect2x.lognity.api.logger.Logger
import de.connect2x.lognity.api.logger.NoopLogger
import de.connect2x.lognity.api.marker.Marker

/**
 * The library's log in ours. Its messages hold whole events, names and addresses, so only where it
 * was and the classes of what was thrown are told. What it calls a warning is most often a message
 * that could not be decrypted yet, so that is for debugging.
 */
internal object Logging : Backend by NoopBackend {
    override val name = "System.Logger"

    override fun createLogger(name: String?, contextSpec: ContextSpec): Logger =
        Lines(name.orEmpty().substringAfterLast('.'))

    /**
     * To be called before the library's first class is loaded, since each takes its logger then.
     */
    fun install() = Backend.set(this)

    private class Lines(private val place: String) : Logger {
        override val config: Config = NoopLogger.config
        override val context: Context = EmptyContext
        override var level: Level = Level.WARN
        override var isEnabled = true

        override fun log(level: Level, message: AnsiScope.() -> Any) = log(null, level, message)

        override fun log(marker: Marker?, level: Level, message: AnsiScope.() -> Any) {
            val ours =
                when (level) {
                    Level.TRACE,
                    Level.DEBUG,
                    Level.INFO -> return
                    Level.WARN -> System.Logger.Level.DEBUG
                    Level.ERROR,
                    Level.FATAL -> System.Logger.Level.WARNING
                }
            if (log.isLoggable(ours))
                log.log(ours, "a fault in the Matrix library: {0} {1}", place, faults(message))
        }

        /** The library hands a throwable over as a part of the text. */
        private fun faults(message: AnsiScope.() -> Any): String {
            val lines =
                AnsiScope.message().toString().lineSequence().filterNot {
                    it.trimStart().startsWith("at ")
                }
            return lines
                .flatMap { THROWN.findAll(it) }
                .map { it.groupValues[1] }
                .distinct()
                .take(5)
                .joinToString(" ")
        }
    }

    private val log = System.getLogger("dev.belfry.matrix")
    private val THROWN =
        Regex(
            """\b(?:java|javax|kotlin|kotlinx|io\.ktor|de\.connect2x|org\.sqlite)\.[\w.]*?([A-Z][\w$]*(?:Exception|Error)[\w$]*)"""
        )
}
