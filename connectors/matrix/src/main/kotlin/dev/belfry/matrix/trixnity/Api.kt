package dev.belfry.matrix.trixnity

import de.connect2x.trixnity.clientserverapi.client.KeyApiClient
import de.connect2x.trixnity.clientserverapi.client.MatrixClientAuthProvider
import de.connect2x.trixnity.clientserverapi.client.MatrixClientServerApiClient
import de.connect2x.trixnity.clientserverapi.client.MatrixClientServerApiClientFactory
import de.connect2x.trixnity.clientserverapi.client.SyncApiClient
import de.connect2x.trixnity.clientserverapi.client.SyncBatchTokenStore
import de.connect2x.trixnity.clientserverapi.client.SyncEvents
import de.connect2x.trixnity.clientserverapi.client.SyncState
import de.connect2x.trixnity.clientserverapi.client.UserApiClient
import de.connect2x.trixnity.clientserverapi.model.sync.Sync
import de.connect2x.trixnity.clientserverapi.model.user.Filters
import de.connect2x.trixnity.core.AuthRequired
import de.connect2x.trixnity.core.ClientEventEmitterImpl
import de.connect2x.trixnity.core.model.UserId
import de.connect2x.trixnity.core.model.events.m.Presence
import de.connect2x.trixnity.core.serialization.events.EventContentSerializerMappings
import de.connect2x.trixnity.utils.RetryFlowDelayConfig
import io.ktor.client.HttpClientConfig
import io.ktor.client.engine.HttpClientEngine
import io.ktor.client.plugins.timeout
import io.ktor.client.request.get
import io.ktor.client.request.parameter
import io.ktor.client.statement.bodyAsBytes
import kotlin.coroutines.CoroutineContext
import kotlin.time.Duration
import kotlin.time.Duration.Companion.minutes
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.serialization.json.Json

/**
 * Our own sync in the place of the library's. Its loop keeps the answer to itself, tries again by
 * itself, and asks for room state in a form that the rest of it cannot read; ours asks once, and
 * hands the text on.
 */
internal class Batches : ClientEventEmitterImpl<SyncEvents>(), SyncApiClient {
    override val currentSyncState = MutableStateFlow(SyncState.STOPPED)

    /**
     * Asks for what happened after [since].
     *
     * @param wait for how long the homeserver may wait for something to happen
     */
    suspend fun ask(api: MatrixClientServerApiClient, since: String?, wait: Duration): String {
        val patience = if (since == null) 10.minutes else wait + 1.minutes
        val bytes =
            api.baseClient.baseClient
                .get("/_matrix/client/v3/sync") {
                    attributes.put(AuthRequired.attributeKey, AuthRequired.YES)
                    parameter("filter", FILTER)
                    parameter("set_presence", "offline")
                    parameter("timeout", wait.inWholeMilliseconds)
                    if (since != null) parameter("since", since)
                    timeout {
                        requestTimeoutMillis = patience.inWholeMilliseconds
                        socketTimeoutMillis = patience.inWholeMilliseconds
                    }
                }
                .bodyAsBytes()
        return bytes.decodeToString()
    }

    /**
     * Gives an answer of [ask] to the library: it stores keys and state. Returns the position after
     * it.
     */
    suspend fun take(api: MatrixClientServerApiClient, answer: String): String {
        val serializer =
            Sync().responseSerializerBuilder(api.eventContentSerializerMappings, api.json, null)
        val response = api.json.decodeFromString(serializer, answer)
        emit(SyncEvents(response))
        return response.nextBatch
    }

    override suspend fun sync(
        filter: String?,
        since: String?,
        fullState: Boolean,
        setPresence: Presence?,
        timeout: Duration,
        useStateAfter: Boolean?,
    ): Result<Sync.Response> = Result.failure(UnsupportedOperationException("the link syncs"))

    override suspend fun <T> startOnce(
        filter: String?,
        setPresence: Presence?,
        timeout: Duration,
        runOnce: suspend (SyncEvents) -> T,
    ): Result<T> = Result.failure(UnsupportedOperationException("the link syncs"))

    override suspend fun start(filter: String?, setPresence: Presence?, timeout: Duration) =
        throw UnsupportedOperationException("the link syncs")

    override suspend fun stop() {}

    override suspend fun cancel() {}

    companion object {
        /**
         * All types, since bridges have their own. Members come as they speak: before a room is
         * encrypted for, all of its members are asked for, and later changes come with the
         * timeline.
         */
        private const val FILTER =
            """{"presence":{"not_types":["*"]},"room":{"state":{"lazy_load_members":true},"timeline":{"limit":30}}}"""
    }
}

/**
 * The library's way to the homeserver, with [batches] in it. When the keys of some people cannot be
 * had since their homeserver is away, the library takes them to have no devices, so those are noted
 * in [unreached].
 */
internal class ApiFactory(private val batches: Batches, private val unreached: Rests<UserId>) :
    MatrixClientServerApiClientFactory {
    override fun create(
        authProvider: MatrixClientAuthProvider,
        eventContentSerializerMappings: EventContentSerializerMappings,
        json: Json,
        syncBatchTokenStore: SyncBatchTokenStore,
        syncErrorDelayConfig: RetryFlowDelayConfig,
        coroutineContext: CoroutineContext,
        asUserId: UserId?,
        asDeviceId: String?,
        httpClientEngine: HttpClientEngine?,
        httpClientConfig: (HttpClientConfig<*>.() -> Unit)?,
    ): MatrixClientServerApiClient {
        val whole =
            super.create(
                authProvider,
                eventContentSerializerMappings,
                json,
                syncBatchTokenStore,
                syncErrorDelayConfig,
                coroutineContext,
                asUserId,
                asDeviceId,
                httpClientEngine,
                httpClientConfig,
            )
        return object : MatrixClientServerApiClient by whole {
            override val sync = batches

            override val key =
                object : KeyApiClient by whole.key {
                    override suspend fun getKeys(
                        deviceKeys: Map<UserId, Set<String>>,
                        timeout: Long?,
                    ) =
                        whole.key.getKeys(deviceKeys, timeout).onSuccess { answer ->
                            val told = answer.deviceKeys.orEmpty().keys
                            unreached.reached(told)
                            (deviceKeys.keys - told).forEach(unreached::failed)
                        }
                }

            override val user =
                object : UserApiClient by whole.user {
                    // The library would not start before it has stored filters that we do not use.
                    override suspend fun setFilter(userId: UserId, filters: Filters) =
                        Result.success("unused")
                }
        }
    }
}
