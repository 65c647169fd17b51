package dev.belfry.matrix.trixnity

import de.connect2x.trixnity.client.CryptoDriverModule
import de.connect2x.trixnity.client.MatrixClient
import de.connect2x.trixnity.client.MatrixClientAuthProviderDataSerializerMappings
import de.connect2x.trixnity.client.MatrixClientConfiguration.DeleteRooms
import de.connect2x.trixnity.client.MediaStoreModule
import de.connect2x.trixnity.client.create
import de.connect2x.trixnity.client.createTrixnityBotModuleFactories
import de.connect2x.trixnity.client.cryptodriver.ClientOlmStore
import de.connect2x.trixnity.client.cryptodriver.vodozemac.vodozemac
import de.connect2x.trixnity.client.media.inMemory
import de.connect2x.trixnity.client.room.DirectRoomEventHandler
import de.connect2x.trixnity.client.room.OutboxMessageEventHandler
import de.connect2x.trixnity.client.room.RoomAccountDataEventHandler
import de.connect2x.trixnity.client.verification.createVerificationModule
import de.connect2x.trixnity.core.EventHandler
import de.connect2x.trixnity.core.serialization.events.EventContentSerializerMappings
import de.connect2x.trixnity.crypto.olm.OlmEncryptionService
import de.connect2x.trixnity.crypto.olm.OlmEncryptionServiceImpl
import de.connect2x.trixnity.crypto.olm.OlmEncryptionServiceRequestHandler
import de.connect2x.trixnity.crypto.olm.OlmStore
import io.ktor.client.engine.HttpClientEngine
import java.time.InstantSource
import kotlin.time.Clock
import kotlin.time.toKotlinInstant
import kotlinx.coroutines.CoroutineScope
import org.koin.core.module.Module
import org.koin.core.qualifier.named
import org.koin.dsl.module

/**
 * The library's client for a device: its mode for bots, which leaves timelines to us, with
 * verification and key backup, and with our parts in the place of those that do too little or too
 * much.
 */
internal suspend fun device(
    file: DeviceFile,
    token: Token,
    scope: CoroutineScope,
    api: ApiFactory,
    engine: HttpClientEngine,
    clock: InstantSource,
    arrived: (RoomKey) -> Unit,
): MatrixClient {
    val known = file.get(Place(ACCOUNT, "1")) != null
    return MatrixClient.create(
            repositoriesModule = repositories(file, arrived),
            mediaStoreModule = MediaStoreModule.inMemory(),
            cryptoDriverModule = CryptoDriverModule.vodozemac(),
            authProviderData = if (known) null else token,
            coroutineContext = scope.coroutineContext,
        ) {
            httpClientEngine = engine
            matrixClientServerApiClientFactory = api
            deleteRooms = DeleteRooms.Never
            autoJoinUpgradedRooms = false
            modulesFactories =
                createTrixnityBotModuleFactories() +
                    ::createVerificationModule +
                    {
                        ours(file, clock)
                    }
        }
        .getOrThrow()
}

private fun ours(file: DeviceFile, source: InstantSource): Module = module {
    single<Clock> {
        object : Clock {
            override fun now() = source.instant().toKotlinInstant()
        }
    }
    single<MatrixClientAuthProviderDataSerializerMappings> { Token.mappings }
    single<EventContentSerializerMappings> { contents }
    single { Claims(get(), file, source) }
    single<OlmEncryptionServiceRequestHandler> { get<Claims>() }
    single<OlmStore> { Members(get<ClientOlmStore>()) }
    single { Origins(get<OlmEncryptionServiceImpl>(), get(), get(), get(), get(), file) }
    single<OlmEncryptionService> { get<Origins>() }
    idle()
}

/**
 * Handlers that act on the person's behalf (write the list of direct chats, send from an outbox of
 * their own) or keep what nobody reads. A handler is found by its class and by what it is, so both
 * are put out of place.
 */
private fun Module.idle() {
    val nothing = object : EventHandler {}
    single(named<DirectRoomEventHandler>()) { DirectRoomEventHandler(get(), get(), get()) }
    single<EventHandler>(named<DirectRoomEventHandler>()) { nothing }
    single(named<RoomAccountDataEventHandler>()) {
        RoomAccountDataEventHandler(get(), get(), get())
    }
    single<EventHandler>(named<RoomAccountDataEventHandler>()) { nothing }
    single<EventHandler>(named<OutboxMessageEventHandler>()) { nothing }
}
