@file:OptIn(kotlinx.serialization.ExperimentalSerializationApi::class)

package dev.belfry.matrix.trixnity

import de.connect2x.trixnity.client.RepositoriesModule
import de.connect2x.trixnity.client.store.*
import de.connect2x.trixnity.client.store.repository.*
import de.connect2x.trixnity.core.model.RoomId
import de.connect2x.trixnity.core.model.UserId
import de.connect2x.trixnity.core.model.events.ClientEvent.GlobalAccountDataEvent
import de.connect2x.trixnity.core.model.events.ClientEvent.StateBaseEvent
import de.connect2x.trixnity.core.model.events.UnknownEventContent
import de.connect2x.trixnity.core.model.keys.Key
import de.connect2x.trixnity.core.model.keys.KeyValue.Curve25519KeyValue
import de.connect2x.trixnity.crypto.SecretType
import de.connect2x.trixnity.crypto.olm.StoredInboundMegolmMessageIndex
import de.connect2x.trixnity.crypto.olm.StoredInboundMegolmSession
import de.connect2x.trixnity.crypto.olm.StoredOlmSession
import de.connect2x.trixnity.crypto.olm.StoredOutboundMegolmSession
import kotlin.time.Instant
import kotlinx.serialization.KSerializer
import kotlinx.serialization.builtins.serializer
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.serializer
import org.koin.core.module.Module
import org.koin.dsl.module

/**
 * The sessions that decrypt. [arrived] hears of a new one, and of one that reaches further back,
 * once it is stored.
 */
private class InboundSessions(
    file: DeviceFile,
    json: Json,
    private val arrived: (RoomKey) -> Unit,
) :
    Values<InboundMegolmSessionRepositoryKey, StoredInboundMegolmSession>(
        file,
        "inbound_session",
        json,
        json.serializersModule.serializer(),
        { joined(it.roomId.full, it.sessionId) },
        { if (it.hasBeenBackedUp) null else NOT_BACKED_UP },
    ),
    InboundMegolmSessionRepository {
    override suspend fun save(
        key: InboundMegolmSessionRepositoryKey,
        value: StoredInboundMegolmSession,
    ) {
        val known = get(key)
        super.save(key, value)
        if (known == null || value.firstKnownIndex < known.firstKnownIndex) {
            file.afterwards { arrived(RoomKey(key.roomId, key.sessionId)) }
        }
    }

    override suspend fun getByNotBackedUp() =
        file.list(Which(kind, tag = NOT_BACKED_UP)).map { read(it.value) }.toSet()

    private companion object {
        const val NOT_BACKED_UP = "not backed up"
    }
}

/**
 * The state that encryption needs. The types that the library has no use for are not kept: whoever
 * wants them has the raw sync.
 */
private class RoomState(file: DeviceFile, json: Json) :
    Pairs<RoomStateRepositoryKey, StateBaseEvent<*>>(
        file,
        "state",
        json,
        json.contextual(),
        { joined(it.roomId.full, it.type) },
        { it.roomId },
    ),
    RoomStateRepository {
    override suspend fun save(
        firstKey: RoomStateRepositoryKey,
        secondKey: String,
        value: StateBaseEvent<*>,
    ) {
        if (value.content !is UnknownEventContent) super.save(firstKey, secondKey, value)
    }

    override suspend fun getByRooms(roomIds: Set<RoomId>, type: String, stateKey: String) =
        roomIds.mapNotNull {
            get(RoomStateRepositoryKey(it, type), stateKey)
        }
}

/** Who signed whose key. */
private class KeyChainLinks(private val file: DeviceFile) : KeyChainLinkRepository {
    private fun text(user: UserId, key: Key.Ed25519Key) =
        JsonArray(listOf(user.full, key.id, key.value.value).map { JsonPrimitive(it) }).toString()

    override suspend fun save(keyChainLink: KeyChainLink) {
        val signed = text(keyChainLink.signedUserId, keyChainLink.signedKey)
        val signing = text(keyChainLink.signingUserId, keyChainLink.signingKey)
        file.put(Entry(Place(KIND, signing, signed), null, ""))
    }

    override suspend fun getBySigningKey(signingUserId: UserId, signingKey: Key.Ed25519Key) =
        file
            .list(Which(KIND, text(signingUserId, signingKey)))
            .map {
                val (user, id, value) =
                    Json.parseToJsonElement(it.place.sub).jsonArray.map { part ->
                        part.jsonPrimitive
                    }
                KeyChainLink(
                    signingUserId,
                    signingKey,
                    UserId(user.content),
                    Key.Ed25519Key(id.contentOrNull, value.content),
                )
            }
            .toSet()

    override suspend fun deleteBySignedKey(signedUserId: UserId, signedKey: Key.Ed25519Key) =
        file.delete(Which(KIND, sub = text(signedUserId, signedKey)))

    override suspend fun deleteAll() = file.delete(Which(KIND))

    private companion object {
        const val KIND = "key_chain_link"
    }
}

private inline fun <reified T : Any> Json.contextual(): KSerializer<T> =
    checkNotNull(serializersModule.getContextual(T::class))

private inline fun <reified T : Any> Json.of(): KSerializer<T> = serializersModule.serializer()

/**
 * The library's repositories on [file]. What we keep from its hands (timelines, receipts, presence,
 * notifications, its own outbox) has repositories in memory, which stay empty.
 *
 * @param arrived hears of each room key once it is stored
 */
internal fun repositories(file: DeviceFile, arrived: (RoomKey) -> Unit) = RepositoriesModule {
    module {
        single<RepositoryTransactionManager> { file }
        device(file)
        keys(file)
        sessions(file, arrived)
        rooms(file)
        unused()
    }
}

private fun Module.device(file: DeviceFile) {
    single<AccountRepository> {
        val json = get<Json>()
        object :
            Values<Long, Account>(file, ACCOUNT, json, json.of(), { "$it" }), AccountRepository {}
    }
    single<AuthenticationRepository> {
        val json = get<Json>()
        object :
            Values<Long, Authentication>(file, AUTHENTICATION, json, json.of(), { "$it" }),
            AuthenticationRepository {}
    }
    single<ServerDataRepository> {
        val json = get<Json>()
        object :
            Values<Long, ServerData>(file, "server", json, json.of(), { "$it" }),
            ServerDataRepository {}
    }
    single<MigrationRepository> {
        object :
            Values<String, String>(file, "migration", get(), String.serializer(), { it }),
            MigrationRepository {}
    }
    single<GlobalAccountDataRepository> {
        val json = get<Json>()
        object :
            Pairs<String, GlobalAccountDataEvent<*>>(
                file,
                "account_data",
                json,
                json.contextual(),
                { it },
            ),
            GlobalAccountDataRepository {}
    }
}

private fun Module.keys(file: DeviceFile) {
    single<OutdatedKeysRepository> {
        val json = get<Json>()
        object :
            Values<Long, Set<UserId>>(file, "outdated_keys", json, json.of(), { "$it" }),
            OutdatedKeysRepository {}
    }
    single<DeviceKeysRepository> {
        val json = get<Json>()
        object :
            Values<UserId, Map<String, StoredDeviceKeys>>(
                file,
                "device_keys",
                json,
                json.of(),
                { it.full },
            ),
            DeviceKeysRepository {}
    }
    single<CrossSigningKeysRepository> {
        val json = get<Json>()
        object :
            Values<UserId, Set<StoredCrossSigningKeys>>(
                file,
                "cross_signing_keys",
                json,
                json.of(),
                { it.full },
            ),
            CrossSigningKeysRepository {}
    }
    single<KeyVerificationStateRepository> {
        val json = get<Json>()
        object :
            Values<KeyVerificationStateKey, KeyVerificationState>(
                file,
                "key_verification",
                json,
                json.of(),
                { joined(it.keyAlgorithm.name, it.keyId) },
            ),
            KeyVerificationStateRepository {}
    }
    single<KeyChainLinkRepository> { KeyChainLinks(file) }
    single<SecretsRepository> {
        val json = get<Json>()
        object :
            Values<Long, Map<SecretType, StoredSecret>>(
                file,
                "secrets",
                json,
                json.of(),
                { "$it" },
            ),
            SecretsRepository {}
    }
    single<SecretKeyRequestRepository> {
        val json = get<Json>()
        object :
            Values<String, StoredSecretKeyRequest>(file, "secret_request", json, json.of(), { it }),
            SecretKeyRequestRepository {}
    }
    single<RoomKeyRequestRepository> {
        val json = get<Json>()
        object :
            Values<String, StoredRoomKeyRequest>(file, "room_key_request", json, json.of(), { it }),
            RoomKeyRequestRepository {}
    }
}

private fun Module.sessions(file: DeviceFile, arrived: (RoomKey) -> Unit) {
    single<OlmAccountRepository> {
        object :
            Values<Long, String>(file, "olm_account", get(), String.serializer(), { "$it" }),
            OlmAccountRepository {}
    }
    single<OlmForgetFallbackKeyAfterRepository> {
        val json = get<Json>()
        object :
            Values<Long, Instant>(file, "forget_fallback_key", json, json.of(), { "$it" }),
            OlmForgetFallbackKeyAfterRepository {}
    }
    single<OlmSessionRepository> {
        val json = get<Json>()
        object :
            Values<Curve25519KeyValue, Set<StoredOlmSession>>(
                file,
                OLM_SESSION,
                json,
                json.of(),
                { it.value },
            ),
            OlmSessionRepository {}
    }
    single<InboundMegolmSessionRepository> { InboundSessions(file, get(), arrived) }
    single<InboundMegolmMessageIndexRepository> {
        val json = get<Json>()
        object :
            Values<InboundMegolmMessageIndexRepositoryKey, StoredInboundMegolmMessageIndex>(
                file,
                "message_index",
                json,
                json.of(),
                { joined(joined(it.roomId.full, it.sessionId), "${it.messageIndex}") },
            ),
            InboundMegolmMessageIndexRepository {}
    }
    single<OutboundMegolmSessionRepository> {
        val json = get<Json>()
        object :
            Values<RoomId, StoredOutboundMegolmSession>(
                file,
                OUTBOUND_SESSION,
                json,
                json.of(),
                { it.full },
            ),
            OutboundMegolmSessionRepository {}
    }
}

private fun Module.rooms(file: DeviceFile) {
    single<RoomRepository> {
        val json = get<Json>()
        object : Values<RoomId, Room>(file, "room", json, json.of(), { it.full }), RoomRepository {}
    }
    single<RoomStateRepository> { RoomState(file, get()) }
}

private fun Module.unused() {
    single<RoomUserRepository> { InMemoryRoomUserRepository() }
    single<RoomUserReceiptsRepository> { InMemoryRoomUserReceiptsRepository() }
    single<RoomAccountDataRepository> { InMemoryRoomAccountDataRepository() }
    single<TimelineEventRepository> { InMemoryTimelineEventRepository() }
    single<TimelineEventRelationRepository> { InMemoryTimelineEventRelationRepository() }
    single<RoomOutboxMessageRepository> { InMemoryRoomOutboxMessageRepository() }
    single<MediaCacheMappingRepository> { InMemoryMediaCacheMappingRepository() }
    single<UserPresenceRepository> { InMemoryUserPresenceRepository() }
    single<NotificationRepository> { InMemoryNotificationRepository() }
    single<NotificationUpdateRepository> { InMemoryNotificationUpdateRepository() }
    single<NotificationStateRepository> { InMemoryNotificationStateRepository() }
}
