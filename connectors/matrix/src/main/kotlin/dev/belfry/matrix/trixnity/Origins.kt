package dev.belfry.matrix.trixnity

import de.connect2x.trixnity.client.store.KeyStore
import de.connect2x.trixnity.client.store.OlmCryptoStore
import de.connect2x.trixnity.core.UserInfo
import de.connect2x.trixnity.core.model.RoomId
import de.connect2x.trixnity.core.model.UserId
import de.connect2x.trixnity.core.model.events.ClientEvent.ToDeviceEvent
import de.connect2x.trixnity.core.model.events.DecryptedOlmEvent
import de.connect2x.trixnity.core.model.events.m.RoomKeyEventContent
import de.connect2x.trixnity.core.model.events.m.room.EncryptedToDeviceEventContent.OlmEncryptedToDeviceEventContent
import de.connect2x.trixnity.core.model.keys.Key
import de.connect2x.trixnity.crypto.driver.CryptoDriver
import de.connect2x.trixnity.crypto.driver.useAll
import de.connect2x.trixnity.crypto.invoke
import de.connect2x.trixnity.crypto.olm.OlmEncryptionService
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.withTimeoutOrNull

/**
 * Whose the room keys are. The library decrypts a message with any key it has, so that Mallory
 * could send what Alice once encrypted and it would read as Mallory's own; and it takes a key under
 * any name, so that Mallory's could take the place of Alice's.
 *
 * Here a key that comes from a device is refused if it is not what it says or if another device's
 * stands in its place, and its owner is noted, as known then: devices go, old messages stay.
 */
internal class Origins(
    private val inner: OlmEncryptionService,
    private val driver: CryptoDriver,
    private val sessions: OlmCryptoStore,
    private val keys: KeyStore,
    private val self: UserInfo,
    private val file: DeviceFile,
) : OlmEncryptionService by inner {
    override suspend fun decryptOlm(
        event: ToDeviceEvent<OlmEncryptedToDeviceEventContent>
    ): Result<DecryptedOlmEvent<*>> {
        val decrypted = inner.decryptOlm(event)
        val content = decrypted.getOrNull()?.content
        return if (content is RoomKeyEventContent)
            decrypted.mapCatching { it.also { admit(event, content) } }
        else decrypted
    }

    private suspend fun admit(
        event: ToDeviceEvent<OlmEncryptedToDeviceEventContent>,
        key: RoomKeyEventContent,
    ) {
        val named =
            useAll(
                { driver.megolm.sessionKey(key.sessionKey) },
                { driver.megolm.inboundGroupSession(it) },
            ) { _, session ->
                session.sessionId
            }
        if (named != key.sessionId) throw RefusedKey("a room key under another's name")
        val held = sessions.getInboundMegolmSession(key.sessionId, key.roomId).first()
        val same = held == null || held.senderKey == event.content.senderKey
        if (!same && held.isTrusted) throw RefusedKey("a room key in the place of another's")
        val place = place(key.roomId, key.sessionId)
        if (same && file.get(place) == null) file.put(Entry(place, null, event.sender.full))
    }

    /** Whether the key of a session is from a device of [user]. */
    suspend fun isOf(user: UserId, room: RoomId, session: String): Boolean {
        val held = sessions.getInboundMegolmSession(session, room).first() ?: return false
        if (held.senderKey == self.identityPublicKey.value) return user == self.userId
        val owner = file.get(place(room, session))
        if (owner != null) return owner == user.full
        // Not from a device but from the backup, which names one.
        val devices =
            withTimeoutOrNull(PATIENCE) { keys.getDeviceKeys(user).first() } ?: return false
        return devices.values.any { device ->
            device.value.signed.keys.keys.any {
                it is Key.Curve25519Key && it.value == held.senderKey
            }
        }
    }

    private fun place(room: RoomId, session: String) = Place("owner", joined(room.full, session))

    private class RefusedKey(message: String) : IllegalStateException(message)

    private companion object {
        val PATIENCE = 5.seconds
    }
}
