package dev.belfry.matrix.trixnity

import de.connect2x.trixnity.client.store.Account
import de.connect2x.trixnity.client.store.Authentication
import dev.belfry.matrix.MatrixLink
import dev.belfry.matrix.MatrixLinks
import dev.belfry.matrix.MatrixLinks.RefusedException
import dev.belfry.network.Connector
import dev.belfry.network.LoggedOutException
import io.ktor.client.engine.java.Java
import java.io.IOException
import java.net.URI
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import java.time.InstantSource
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.Json

/**
 * Matrix devices by way of Trixnity. All of them share one HTTP engine, whose threads end with the
 * process.
 */
class TrixnityLinks(private val clock: InstantSource) : MatrixLinks {
    init {
        Logging.install()
    }

    private val engine = Java.create { config { connectTimeout(CONNECT) } }
    private val json = Json {
        ignoreUnknownKeys = true
        encodeDefaults = true
        explicitNulls = false
    }

    override fun login(folder: Path, homeserver: URI, user: String, password: String): MatrixLink =
        waiting {
            val server = Homeserver(engine)
            val base = server.find(homeserver)
            DeviceFile.open(folder).closedOnFault { file ->
                val held = file.account()
                val answer = server.login(base, user, password, held?.deviceId)
                val token = Token(base, answer.accessToken)
                if (
                    held != null &&
                        (held.userId != answer.userId || held.deviceId != answer.deviceId)
                ) {
                    server.logout(token)
                    throw RefusedException(
                        "This account belongs to ${held.userId.full}. Add another account for ${answer.userId.full}."
                    )
                }
                if (held != null) file.keep(token)
                TrixnityLink.start(file, token, engine, clock).also { if (held != null) it.renew() }
            }
        }

    override fun open(folder: Path): MatrixLink = waiting {
        if (!Files.exists(DeviceFile.path(folder))) throw nobody()
        DeviceFile.open(folder).closedOnFault { file ->
            file.account() ?: throw nobody()
            if (Files.exists(folder.resolve(Connector.RESTORED))) {
                file.turnedBack()
                Files.delete(folder.resolve(Connector.RESTORED))
            }
            TrixnityLink.start(file, file.token() ?: throw nobody(), engine, clock)
        }
    }

    private fun nobody() = LoggedOutException("There is no Matrix login here. Log in again.")

    private suspend fun DeviceFile.account(): Account? =
        get(Place(ACCOUNT, "1"))?.let { json.decodeFromString(Account.serializer(), it) }

    private suspend fun DeviceFile.token(): Token? =
        get(Place(AUTHENTICATION, "1"))?.let {
            json.decodeFromString(
                Token.serializer,
                json.decodeFromString(Authentication.serializer(), it).providerData,
            )
        }

    /** Stored by us: for a device that it knows, the library takes a new token to be a mistake. */
    private suspend fun DeviceFile.keep(token: Token) {
        val data = Authentication(Token.KIND, json.encodeToString(Token.serializer, token), null)
        put(
            Entry(
                Place(AUTHENTICATION, "1"),
                null,
                json.encodeToString(Authentication.serializer(), data),
            )
        )
    }

    private suspend fun <T> DeviceFile.closedOnFault(work: suspend (DeviceFile) -> T): T =
        try {
            work(this)
        } catch (e: Throwable) {
            close()
            throw e
        }

    private fun <T> waiting(work: suspend () -> T): T =
        try {
            runBlocking { work() }
        } catch (e: RefusedException) {
            throw e
        } catch (e: InterruptedException) {
            throw e
        } catch (e: CancellationException) {
            throw IOException("ended", e)
        } catch (e: Exception) {
            throw asOurs(e)
        }

    private companion object {
        val CONNECT: Duration = Duration.ofSeconds(15)
    }
}
