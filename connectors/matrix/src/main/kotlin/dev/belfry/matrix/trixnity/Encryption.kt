package dev.belfry.matrix.trixnity

import de.connect2x.trixnity.client.MatrixClient
import de.connect2x.trixnity.client.store.KeyStore
import de.connect2x.trixnity.client.store.OlmCryptoStore
import de.connect2x.trixnity.client.store.RoomStateStore
import de.connect2x.trixnity.client.store.RoomStore
import de.connect2x.trixnity.client.store.getByStateKey
import de.connect2x.trixnity.client.store.members
import de.connect2x.trixnity.client.store.repository.OlmSessionRepository
import de.connect2x.trixnity.client.user.LoadMembersService
import de.connect2x.trixnity.core.model.RoomId
import de.connect2x.trixnity.core.model.UserId
import de.connect2x.trixnity.core.model.events.m.DummyEventContent
import de.connect2x.trixnity.core.model.events.m.room.EncryptedMessageEventContent
import de.connect2x.trixnity.core.model.events.m.room.EncryptedMessageEventContent.MegolmEncryptedMessageEventContent
import de.connect2x.trixnity.core.model.events.m.room.EncryptionEventContent
import de.connect2x.trixnity.core.model.events.m.room.HistoryVisibilityEventContent
import de.connect2x.trixnity.core.model.events.m.room.Membership
import de.connect2x.trixnity.core.model.keys.EncryptionAlgorithm
import de.connect2x.trixnity.core.model.keys.Key
import de.connect2x.trixnity.core.model.keys.KeyValue.Curve25519KeyValue
import de.connect2x.trixnity.crypto.olm.OlmEncryptionService
import de.connect2x.trixnity.crypto.olm.OlmStore
import de.connect2x.trixnity.crypto.olm.membershipsAllowedToReceiveKey
import dev.belfry.matrix.MatrixLink.EncryptionFault
import java.io.IOException
import java.time.Duration
import java.time.InstantSource
import kotlin.time.toJavaInstant
import kotlin.time.toKotlinInstant
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.withContext
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonObject

/** The library would give the keys of a room also to those who merely knock at it. */
internal class Members(private val inner: OlmStore) : OlmStore by inner {
    override suspend fun getMembers(roomId: RoomId, memberships: Set<Membership>) =
        inner.getMembers(roomId, memberships - Membership.KNOCK)
}

/**
 * Encrypts messages. The library does the work; what it leaves out is done here: see [Claims],
 * [Members] and [rotate].
 */
internal class Encryption(
    private val client: MatrixClient,
    private val claims: Claims,
    private val file: DeviceFile,
    private val unreached: Rests<UserId>,
    private val clock: InstantSource,
) {
    private val rooms = client.di.get<RoomStore>()
    private val states = client.di.get<RoomStateStore>()
    private val keys = client.di.get<KeyStore>()
    private val sessions = client.di.get<OlmCryptoStore>()
    private val olmSessions = client.di.get<OlmSessionRepository>()
    private val olm = client.di.get<OlmEncryptionService>()
    private val loadMembers = client.di.get<LoadMembersService>()

    /** The content of the encrypted event, for everybody who may read [room] now. */
    suspend fun encrypt(room: RoomId, type: String, content: JsonObject): JsonObject {
        val settings = settings(room)
        loadMembers(room, true)
        // The library goes on with the members it knows when the homeserver refuses the list of
        // them.
        if (rooms.get(room).first()?.membersLoaded != true)
            throw IOException("the members of the room cannot be had now")
        val readers = readers(room)
        rotate(room, settings, readers)
        val round = Claims.Round()
        val strangers = strangers(room, readers)
        claims.gather(strangers.keys, round)
        renew(strangers, round)
        val plain = EncryptionEventContent() // our own rotation, not the library's
        val encrypted =
            withContext(round) { olm.encryptMegolm(rawContent(type, content), room, plain) }
                .getOrThrow()
        settle(room, round)
        return json(encrypted, content)
    }

    private suspend fun settings(room: RoomId): EncryptionEventContent {
        val known =
            rooms.get(room).first() ?: throw IOException("the room has not come with a sync yet")
        if (known.membership != Membership.JOIN) throw EncryptionFault("You are not in this room.")
        if (!known.encrypted) throw EncryptionFault("This room is not encrypted.")
        val settings = states.getByStateKey<EncryptionEventContent>(room).first()?.content
        if (settings?.algorithm != EncryptionAlgorithm.Megolm) {
            throw EncryptionFault("This room is encrypted in a way that is not known here.")
        }
        return settings
    }

    /**
     * Who may read now. Their devices are known when this returns: all that are missing are asked
     * for at once.
     */
    private suspend fun readers(room: RoomId): Set<UserId> {
        val visibility =
            states
                .getByStateKey<HistoryVisibilityEventContent>(room)
                .first()
                ?.content
                ?.historyVisibility
        val readers =
            states.members(room, visibility.membershipsAllowedToReceiveKey - Membership.KNOCK)
        val again = unreached.due().intersect(readers)
        val unknown = readers.filter { devices(it) == null }
        if (again.isNotEmpty() || unknown.isNotEmpty())
            keys.updateOutdatedKeys { it + again + unknown }
        keys.getOutdatedKeysFlow().first { outdated -> outdated.none { it in readers } }
        return readers
    }

    /** The identity keys of a user's devices as they are known; null if they never were. */
    private suspend fun devices(user: UserId): Map<String, Key.Curve25519Key?>? =
        withContext(KeyStore.SkipOutdatedKeys) { keys.getDeviceKeys(user).first() }
            ?.mapValues { (_, device) ->
                device.value.signed.keys.keys.firstNotNullOfOrNull { it as? Key.Curve25519Key }
            }

    /**
     * Ends the room's session when it is due, by count or by age, so that the next message begins a
     * new one. The library itself never resets either.
     */
    private suspend fun rotate(
        room: RoomId,
        settings: EncryptionEventContent,
        readers: Set<UserId>,
    ) {
        val messages = (settings.rotationPeriodMsgs ?: USUAL_MESSAGES).coerceIn(1, MOST_MESSAGES)
        val age = settings.rotationPeriodMs?.let(Duration::ofMillis) ?: USUAL_AGE
        val oldest = clock.instant() - age.coerceIn(LEAST_AGE, GREATEST_AGE)
        sessions.updateOutboundMegolmSession(room) { session ->
            session
                ?.takeUnless {
                    it.encryptedMessageCount >= messages || it.createdAt.toJavaInstant() <= oldest
                }
                ?.let { it.copy(newDevices = it.newDevices.filterKeys { user -> user in readers }) }
        }
    }

    /** Has those who were missed come next time, and begins a new session's age by our clock. */
    private suspend fun settle(room: RoomId, round: Claims.Round) =
        sessions.updateOutboundMegolmSession(room) { session ->
            session?.copy(
                newDevices = merged(session.newDevices, round.missed),
                createdAt =
                    if (session.encryptedMessageCount == 1L) clock.instant().toKotlinInstant()
                    else session.createdAt,
            )
        }

    /**
     * The devices that will get the session's key with the next message and with which nothing was
     * ever exchanged, or nothing that could be gone on with; and their identity keys.
     */
    private suspend fun strangers(
        room: RoomId,
        readers: Set<UserId>,
    ): Map<Device, Curve25519KeyValue> {
        val session = sessions.getOutboundMegolmSession(room)
        val self = Device(client.userId, client.deviceId)
        return (session?.newDevices?.keys ?: readers)
            .flatMap { user ->
                val next = session?.newDevices?.get(user)
                devices(user)
                    .orEmpty()
                    .filterKeys { next == null || it in next }
                    .mapNotNull { (id, key) -> key?.let { Device(user, id) to it.value } }
            }
            .filter { (device, key) ->
                device != self && (olmSessions.get(key) == null || file.isTurnedBack(key))
            }
            .toMap()
    }

    /** The library goes on with the session that it has, unless it is told to begin another. */
    private suspend fun renew(strangers: Map<Device, Curve25519KeyValue>, round: Claims.Round) {
        for ((device, key) in strangers) {
            if (round.keys[device] == null || !file.isTurnedBack(key)) continue
            withContext(round) {
                    olm.encryptOlm(
                        DummyEventContent,
                        device.user,
                        device.id,
                        forceNewSession = true,
                    )
                }
                .onSuccess { file.isRenewed(key) }
        }
    }

    private fun merged(known: Map<UserId, Set<String>>, more: Set<Device>) =
        more.fold(known) { all, device ->
            all + (device.user to all[device.user].orEmpty() + device.id)
        }

    /**
     * Servers join a message to what it points to, which they cannot read there, by a copy in
     * clear.
     */
    private fun json(
        encrypted: MegolmEncryptedMessageEventContent,
        content: JsonObject,
    ): JsonObject {
        val json =
            client.api.json
                .encodeToJsonElement(EncryptedMessageEventContent.serializer(), encrypted)
                .jsonObject
        return relation(content)?.let { JsonObject(json + (RELATES_TO to it)) } ?: json
    }

    private companion object {
        const val USUAL_MESSAGES = 100L
        const val MOST_MESSAGES = 10_000L
        val USUAL_AGE: Duration = Duration.ofDays(7)
        val LEAST_AGE: Duration = Duration.ofHours(1)
        val GREATEST_AGE: Duration = Duration.ofDays(365)
    }
}
