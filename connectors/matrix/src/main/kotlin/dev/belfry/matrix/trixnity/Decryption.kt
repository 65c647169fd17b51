package dev.belfry.matrix.trixnity

import de.connect2x.trixnity.client.MatrixClient
import de.connect2x.trixnity.client.key.KeyBackupService
import de.connect2x.trixnity.client.key.OutgoingRoomKeyRequestEventHandler
import de.connect2x.trixnity.client.store.OlmCryptoStore
import de.connect2x.trixnity.client.store.waitForInboundMegolmSession
import de.connect2x.trixnity.core.model.EventId
import de.connect2x.trixnity.core.model.RoomId
import de.connect2x.trixnity.core.model.UserId
import de.connect2x.trixnity.core.model.events.ClientEvent.RoomEvent.MessageEvent
import de.connect2x.trixnity.core.model.events.DecryptedMegolmEvent
import de.connect2x.trixnity.core.model.events.m.room.EncryptedMessageEventContent
import de.connect2x.trixnity.core.model.events.m.room.EncryptedMessageEventContent.MegolmEncryptedMessageEventContent
import de.connect2x.trixnity.crypto.olm.OlmEncryptionService
import de.connect2x.trixnity.crypto.olm.OlmEncryptionService.DecryptMegolmError
import dev.belfry.matrix.MatrixLink.Decryption as Outcome
import java.util.concurrent.ConcurrentHashMap
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.collectLatest
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import kotlinx.coroutines.withTimeoutOrNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonObject
import org.koin.core.qualifier.named

/**
 * Decrypts messages, and looks for the keys that are missing: in the key backup, or with our other
 * devices.
 */
internal class Decryption(
    private val client: MatrixClient,
    private val origins: Origins,
    private val scope: CoroutineScope,
) {
    private val sessions = client.di.get<OlmCryptoStore>()
    private val olm = client.di.get<OlmEncryptionService>()
    private val backup = client.di.get<KeyBackupService>(named<KeyBackupService>())
    private val requests =
        client.di.get<OutgoingRoomKeyRequestEventHandler>(
            named<OutgoingRoomKeyRequestEventHandler>()
        )
    private val sought = ConcurrentHashMap.newKeySet<RoomKey>()
    private val json = client.api.json

    suspend fun decrypt(text: String, wait: Duration): Outcome {
        val event =
            try {
                read(json.parseToJsonElement(text).jsonObject)
            } catch (_: IllegalArgumentException) {
                null
            } ?: return failed("malformed")
        val content =
            event.content as? MegolmEncryptedMessageEventContent
                ?: return failed("unknown_algorithm")
        val key = RoomKey(event.roomId, content.sessionId)
        val typed = event.copyOf(content)
        return attempt(typed) ?: later(typed, key, wait) ?: failed("no_key")
    }

    private suspend fun later(
        event: MessageEvent<MegolmEncryptedMessageEventContent>,
        key: RoomKey,
        wait: Duration,
    ): Outcome? {
        val index = sessions.getInboundMegolmSession(key.session, key.room).first()?.firstKnownIndex
        seek(key, index)
        if (wait <= Duration.ZERO) return null
        withTimeoutOrNull(wait) {
            sessions.waitForInboundMegolmSession(key.room, key.session, index)
        } ?: return null
        return attempt(event)
    }

    /** Null if the key is missing, or begins after this message. */
    private suspend fun attempt(event: MessageEvent<MegolmEncryptedMessageEventContent>): Outcome? {
        val key = RoomKey(event.roomId, event.content.sessionId)
        if (sessions.getInboundMegolmSession(key.session, key.room).first() == null) return null
        val verified = origins.isOf(event.sender, key.room, key.session)
        val result = olm.decryptMegolm(event)
        if (result.isSuccess && !verified) release(event)
        return when (val fault = result.exceptionOrNull()) {
            null -> decrypted(result.getOrThrow(), verified)
            is DecryptMegolmError.MegolmKeyNotFound,
            is DecryptMegolmError.MegolmKeyUnknownMessageIndex -> null
            is DecryptMegolmError.ValidationFailed -> failed("replayed")
            is DecryptMegolmError.DeserializationError -> failed("malformed")
            else -> failed(if (fault is DecryptMegolmError) "undecryptable" else "fault")
        }
    }

    /**
     * The library remembers by which event each ciphertext came, and refuses it in another. Whoever
     * sends another's ciphertext must not take the place of the real event.
     */
    private suspend fun release(event: MessageEvent<MegolmEncryptedMessageEventContent>) {
        val index = messageIndex(event.content.ciphertext.value) ?: return
        sessions.updateInboundMegolmMessageIndex(event.content.sessionId, event.roomId, index) {
            taken ->
            taken?.takeUnless { it.eventId == event.id }
        }
    }

    private fun decrypted(plain: DecryptedMegolmEvent<*>, verified: Boolean): Outcome {
        val (type, content) = written(plain.content, json) ?: return failed("malformed")
        return Outcome(type, content.toString(), null, verified)
    }

    private fun seek(key: RoomKey, index: Long?) {
        if (sought.size >= MOST_SOUGHT || !sought.add(key)) return
        scope.launch {
            try {
                withTimeoutOrNull(SEEKING) {
                    sessions.waitForInboundMegolmSession(key.room, key.session, index) {
                        backup.version.collectLatest { version ->
                            if (version == null) requests.requestRoomKeys(key.room, key.session)
                            else backup.loadMegolmSession(key.room, key.session)
                        }
                    }
                }
            } finally {
                sought -= key
            }
        }
    }

    private fun read(event: JsonObject): MessageEvent<EncryptedMessageEventContent>? {
        val content = event.child("content") ?: return null
        return MessageEvent(
            json.decodeFromJsonElement(EncryptedMessageEventContent.serializer(), content),
            EventId(event.text("event_id") ?: return null),
            UserId(event.text("sender") ?: return null),
            RoomId(event.text("room_id") ?: return null),
            event.text("origin_server_ts")?.toLongOrNull() ?: return null,
        )
    }

    private fun MessageEvent<*>.copyOf(content: MegolmEncryptedMessageEventContent) =
        MessageEvent(content, id, sender, roomId, originTimestamp)

    private fun failed(word: String) = Outcome(null, null, word, false)

    private companion object {
        val SEEKING = 60.seconds
        const val MOST_SOUGHT = 500
    }
}
