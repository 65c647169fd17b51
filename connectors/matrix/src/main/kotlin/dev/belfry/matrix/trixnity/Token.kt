package dev.belfry.matrix.trixnity

import de.connect2x.trixnity.client.MatrixClientAuthProviderDataSerializerMapping
import de.connect2x.trixnity.client.MatrixClientAuthProviderDataSerializerMappings
import de.connect2x.trixnity.client.createMatrixClientAuthProviderSerializerMappings
import de.connect2x.trixnity.clientserverapi.client.BearerClientAuthProvider
import de.connect2x.trixnity.clientserverapi.client.BearerTokens
import de.connect2x.trixnity.clientserverapi.client.LogoutInfo
import de.connect2x.trixnity.clientserverapi.client.MatrixClientAuthProvider
import de.connect2x.trixnity.clientserverapi.client.MatrixClientAuthProviderDataStore
import io.ktor.client.HttpClient
import io.ktor.client.HttpClientConfig
import io.ktor.client.engine.HttpClientEngine
import io.ktor.http.Url
import kotlinx.serialization.KSerializer
import kotlinx.serialization.builtins.MapSerializer
import kotlinx.serialization.builtins.serializer
import kotlinx.serialization.encoding.Decoder
import kotlinx.serialization.encoding.Encoder

/**
 * What a device logs in with. The library's own kind deletes every key when the homeserver ends the
 * login; ours leaves them, so that the same person may log in again and still read.
 */
internal class Token(override val baseUrl: Url, override val accessToken: String) : BearerTokens {
    override val refreshToken: String? = null

    override fun createAuthProvider(
        store: MatrixClientAuthProviderDataStore,
        onLogout: suspend (LogoutInfo) -> Unit,
        httpClientEngine: HttpClientEngine?,
        httpClientConfig: (HttpClientConfig<*>.() -> Unit)?,
    ): MatrixClientAuthProvider =
        object : BearerClientAuthProvider<Token>(store, {}) {
            override val baseUrl = this@Token.baseUrl

            override suspend fun refreshTokens(bearerTokens: Token, httpClient: HttpClient) =
                bearerTokens
        }

    override fun equals(other: Any?) =
        other is Token && other.baseUrl == baseUrl && other.accessToken == accessToken

    override fun hashCode() = accessToken.hashCode()

    override fun toString() = "Token"

    companion object {
        const val KIND = "token"

        val serializer: KSerializer<Token> =
            object : KSerializer<Token> {
                private val map = MapSerializer(String.serializer(), String.serializer())
                override val descriptor = map.descriptor

                override fun serialize(encoder: Encoder, value: Token) =
                    map.serialize(
                        encoder,
                        mapOf("homeserver" to "${value.baseUrl}", "token" to value.accessToken),
                    )

                override fun deserialize(decoder: Decoder): Token {
                    val fields = map.deserialize(decoder)
                    return Token(Url(fields.getValue("homeserver")), fields.getValue("token"))
                }
            }

        val mappings: MatrixClientAuthProviderDataSerializerMappings =
            createMatrixClientAuthProviderSerializerMappings {
                mappings.add(
                    MatrixClientAuthProviderDataSerializerMapping(KIND, Token::class, serializer)
                )
            }
    }
}
