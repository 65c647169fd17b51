package dev.belfry.matrix.trixnity

import de.connect2x.trixnity.clientserverapi.client.MatrixClientAuthProviderDataStore
import de.connect2x.trixnity.clientserverapi.client.MatrixClientServerApiClient
import de.connect2x.trixnity.clientserverapi.client.MatrixClientServerApiClientImpl
import de.connect2x.trixnity.clientserverapi.model.authentication.IdentifierType
import de.connect2x.trixnity.clientserverapi.model.authentication.Login
import de.connect2x.trixnity.clientserverapi.model.authentication.LoginType
import de.connect2x.trixnity.core.ErrorResponse
import de.connect2x.trixnity.core.MatrixServerException
import dev.belfry.matrix.MatrixLinks.RefusedException
import io.ktor.client.engine.HttpClientEngine
import io.ktor.http.URLParserException
import io.ktor.http.Url
import java.io.IOException
import java.net.URI
import java.nio.channels.UnresolvedAddressException
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.withTimeout

/** Finds a homeserver and logs in there, in words for the person who does it. */
internal class Homeserver(private val engine: HttpClientEngine) {
    /** Where the homeserver of an address or a server name answers. */
    suspend fun find(typed: URI): Url {
        val address = address(typed)
        val named = at(address) { it.discovery.getWellKnown() }
        val fault = named.exceptionOrNull()
        if (fault is IOException || fault is UnresolvedAddressException)
            throw unreachable(address, fault)
        val base = named.getOrNull()?.let { parse(it.homeserver.baseUrl) } ?: address
        // The library puts its paths in the place of the address's.
        if (base.encodedPath.trim('/').isNotEmpty())
            throw RefusedException(
                "$base has a path, and homeservers beneath a path are not supported. " +
                    "Give its address alone, or have it answer at the root of a host."
            )
        val versions = at(base) { it.server.getVersions() }.exceptionOrNull() ?: return base
        if (versions is MatrixServerException && versions.statusCode.value >= 500)
            throw ailing(base, versions)
        if (versions is IOException || versions is UnresolvedAddressException)
            throw unreachable(base, versions)
        throw RefusedException("At $base there is no Matrix homeserver. Check its address.")
    }

    /** Logs in at [base] with a password; as the device of an earlier login where there is one. */
    suspend fun login(base: Url, user: String, password: String, device: String?): Login.Response {
        val types =
            at(base) { it.authentication.getLoginTypes() }.getOrElse { throw refused(base, it) }
        if (LoginType.Password !in types) {
            val offered =
                types.map { it.name.substringAfterLast('.') }.distinct().sorted().joinToString()
            throw RefusedException(
                "$base offers no login with a password" +
                    if (offered.isEmpty()) "." else ", only $offered."
            )
        }
        val identifier = IdentifierType.User(user.trim())
        return at(base) {
                it.authentication.login(
                    identifier,
                    password,
                    type = LoginType.Password,
                    deviceId = device,
                    initialDeviceDisplayName = "Belfry",
                )
            }
            .getOrElse { throw refused(base, it) }
    }

    /** Ends a login that is of no use. */
    suspend fun logout(token: Token) {
        val memory = MatrixClientAuthProviderDataStore.inMemory(token)
        MatrixClientServerApiClientImpl(token.createAuthProvider(memory), httpClientEngine = engine)
            .use {
                it.authentication.logout()
            }
    }

    private suspend fun <T> at(
        base: Url,
        ask: suspend (MatrixClientServerApiClient) -> Result<T>,
    ): Result<T> =
        try {
            withTimeout(PATIENCE) {
                MatrixClientServerApiClientImpl(base, httpClientEngine = engine).use { ask(it) }
            }
        } catch (e: TimeoutCancellationException) {
            Result.failure(IOException("no answer", e))
        }

    private fun refused(base: Url, fault: Throwable): Exception {
        if (fault !is MatrixServerException) return unreachable(base, fault)
        val answer = fault.errorResponse
        return when (answer) {
            is ErrorResponse.Forbidden ->
                RefusedException("The user name or the password is wrong.")
            is ErrorResponse.UserDeactivated ->
                RefusedException("This account has been deactivated.")
            is ErrorResponse.UserLocked,
            is ErrorResponse.UserSuspended ->
                RefusedException("The homeserver has locked this account.")
            is ErrorResponse.InvalidUsername -> RefusedException("This is not a Matrix user name.")
            is ErrorResponse.LimitExceeded ->
                RefusedException("Too many attempts to log in. Wait some minutes, then try again.")
            is ErrorResponse.NotJson,
            is ErrorResponse.BadJson -> ailing(base, fault)
            else ->
                if (fault.statusCode.value >= 500) ailing(base, fault)
                else RefusedException("The homeserver refused the login: ${answer.error.take(200)}")
        }
    }

    private fun ailing(base: Url, fault: MatrixServerException) =
        IOException(
            "$base answers with status ${fault.statusCode.value}: it has trouble, try again later"
        )

    private fun unreachable(base: Url, fault: Throwable) =
        IOException(
            "$base cannot be reached (${fault.javaClass.simpleName}): check the address and the network",
            fault,
        )

    private fun address(typed: URI): Url {
        val text = typed.toString().trim().substringBefore("/_matrix").trimEnd('/')
        val scheme = if (LOOPBACK.containsMatchIn(text)) "http" else "https"
        val whole =
            if (text.startsWith("http://") || text.startsWith("https://")) text
            else "$scheme://$text"
        return parse(whole) ?: throw RefusedException("This is not the address of a homeserver.")
    }

    private fun parse(text: String): Url? =
        try {
            Url(text.trimEnd('/')).takeIf {
                it.host.isNotBlank() && it.protocol.name in setOf("http", "https")
            }
        } catch (_: URLParserException) {
            null
        }

    private companion object {
        val PATIENCE = 60.seconds
        val LOOPBACK = Regex("""^(localhost|127\.\d+\.\d+\.\d+|\[::1])(:\d+)?$""")
    }
}
