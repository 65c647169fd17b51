package dev.belfry.matrix.trixnity

import de.connect2x.trixnity.client.MatrixClient
import de.connect2x.trixnity.client.store.AccountStore
import de.connect2x.trixnity.client.store.KeyStore
import de.connect2x.trixnity.clientserverapi.client.SyncState
import de.connect2x.trixnity.core.model.RoomId
import de.connect2x.trixnity.core.model.UserId
import de.connect2x.trixnity.crypto.sign.SignService
import dev.belfry.matrix.MatrixLink
import dev.belfry.matrix.MatrixLink.Decryption as Outcome
import dev.belfry.matrix.MatrixLink.EncryptionFault
import dev.belfry.matrix.MatrixLink.SyncListener
import io.ktor.client.engine.HttpClientEngine
import java.io.IOException
import java.net.URI
import java.time.Duration
import java.time.InstantSource
import java.util.concurrent.atomic.AtomicBoolean
import kotlin.time.Duration as Span
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds
import kotlin.time.toKotlinDuration
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.cancel
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.selects.select
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.withTimeoutOrNull
import kotlinx.serialization.json.jsonObject

/** A device that runs in the library, with [file] as its store. */
internal class TrixnityLink
private constructor(
    private val file: DeviceFile,
    private val token: Token,
    private val scope: CoroutineScope,
    private val batches: Batches,
    private val arrived: Channel<RoomKey>,
    private val client: MatrixClient,
    private val encryption: Encryption,
) : MatrixLink {
    private val accounts = client.di.get<AccountStore>()
    private val decryption = Decryption(client, client.di.get<Origins>(), scope)
    private val closed = AtomicBoolean()

    override fun userId(): String = client.userId.full

    override fun deviceId(): String = client.deviceId

    override fun homeserver(): URI = URI.create(token.baseUrl.toString())

    override fun accessToken(): String = token.accessToken

    override fun sync(listener: SyncListener) {
        var wait = Span.ZERO // the first answer comes at once, and tells that the link is up
        try {
            while (!closed.get()) {
                val since = waiting { accounts.getAccount()?.syncBatchToken }
                batches.currentSyncState.value = state(since, wait)
                val answer = receive(since, wait, listener)
                val next = waiting { withTimeout(TAKING) { batches.take(client.api, answer) } }
                tell(listener)
                listener.synced(answer, since == null)
                waiting { accounts.updateAccount { it?.copy(syncBatchToken = next) } }
                wait = POLL
            }
        } catch (e: TimeoutCancellationException) {
            throw IOException("an answer of the homeserver could not be taken in time", e)
        } catch (e: CancellationException) {
            if (!closed.get()) throw IOException("the link ended", e)
        } finally {
            batches.currentSyncState.value = SyncState.STOPPED
        }
    }

    private fun state(since: String?, wait: Span) =
        if (since == null) SyncState.INITIAL_SYNC
        else if (wait == Span.ZERO) SyncState.STARTED else SyncState.RUNNING

    /** Waits for the homeserver's answer; tells of room keys that come meanwhile by another way. */
    @OptIn(ExperimentalCoroutinesApi::class)
    private fun receive(since: String?, wait: Span, listener: SyncListener): String {
        val answer = scope.async { batches.ask(client.api, since, wait) }
        try {
            while (true) {
                val key = waiting {
                    select<RoomKey?> {
                        answer.onAwait { null }
                        arrived.onReceive { it }
                    }
                }
                if (key == null) return answer.getCompleted()
                listener.keysArrived(key.room.full, key.session)
            }
        } finally {
            answer.cancel()
        }
    }

    private fun tell(listener: SyncListener) {
        while (true) {
            val key = arrived.tryReceive().getOrNull() ?: return
            listener.keysArrived(key.room.full, key.session)
        }
    }

    override fun decrypt(event: String, wait: Duration): Outcome =
        try {
            waiting {
                withTimeoutOrNull(wait.toKotlinDuration() + PATIENCE) {
                    decryption.decrypt(event, wait.toKotlinDuration())
                }
            } ?: Outcome(null, null, "no_key", false)
        } catch (_: IOException) {
            Outcome(null, null, "fault", false)
        } catch (_: CancellationException) {
            Outcome(null, null, "fault", false)
        }

    override fun encrypt(roomId: String, type: String, content: String): String {
        val plain =
            try {
                client.api.json.parseToJsonElement(content).jsonObject
            } catch (_: IllegalArgumentException) {
                throw EncryptionFault("The message is not a JSON object.")
            }
        // The library cannot be interrupted while it shares keys: it is left to end by itself.
        val work = scope.async { encryption.encrypt(RoomId(roomId), type, plain).toString() }
        try {
            return waiting { withTimeout(PATIENCE) { work.await() } }
        } catch (e: TimeoutCancellationException) {
            throw IOException("the keys of the room could not be shared in time", e)
        } catch (e: CancellationException) {
            throw IOException("the link ended", e)
        } finally {
            work.cancel()
        }
    }

    /**
     * Makes the device known again, whose keys the homeserver may have dropped with its last login.
     */
    suspend fun renew() {
        client.api.key
            .setKeys(deviceKeys = client.di.get<SignService>().getSelfSignedDeviceKeys())
            .getOrThrow()
        client.di.get<KeyStore>().updateOutdatedKeys { it + client.userId }
    }

    override fun close() {
        if (!closed.compareAndSet(false, true)) return
        val interrupted = Thread.interrupted()
        try {
            runBlocking { withTimeoutOrNull(CLOSING) { client.closeSuspending() } }
        } catch (_: InterruptedException) {
            Thread.currentThread().interrupt()
        } finally {
            scope.cancel()
            file.close()
            if (interrupted) Thread.currentThread().interrupt()
        }
    }

    /** Blocks for [work]; what goes wrong in it becomes ours. */
    private fun <T> waiting(work: suspend () -> T): T =
        try {
            runBlocking { work() }
        } catch (e: InterruptedException) {
            throw e
        } catch (e: CancellationException) {
            throw e
        } catch (e: Exception) {
            throw asOurs(e)
        }

    companion object {
        private val POLL = 30.seconds
        private val PATIENCE = 60.seconds
        private val CLOSING = 5.seconds

        /**
         * Taking an answer in can lead to questions to the homeserver, which the library repeats
         * for ever.
         */
        private val TAKING = 30.minutes

        suspend fun start(
            file: DeviceFile,
            token: Token,
            engine: HttpClientEngine,
            clock: InstantSource,
        ): TrixnityLink {
            val scope = CoroutineScope(Dispatchers.Default + SupervisorJob())
            try {
                val batches = Batches()
                val arrived = Channel<RoomKey>(Channel.UNLIMITED)
                val unreached = Rests<UserId>(clock)
                val api = ApiFactory(batches, unreached)
                val client = device(file, token, scope, api, engine, clock) { arrived.trySend(it) }
                val encryption = Encryption(client, client.di.get(), file, unreached, clock)
                return TrixnityLink(file, token, scope, batches, arrived, client, encryption)
            } catch (e: Throwable) {
                scope.cancel()
                throw e
            }
        }
    }
}
