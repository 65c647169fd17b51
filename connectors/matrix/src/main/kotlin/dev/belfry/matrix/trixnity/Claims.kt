package dev.belfry.matrix.trixnity

import de.connect2x.trixnity.clientserverapi.client.MatrixClientServerApiClient
import de.connect2x.trixnity.clientserverapi.model.key.ClaimKeys
import de.connect2x.trixnity.core.model.UserId
import de.connect2x.trixnity.core.model.events.ToDeviceEventContent
import de.connect2x.trixnity.core.model.keys.KeyAlgorithm
import de.connect2x.trixnity.core.model.keys.Keys
import de.connect2x.trixnity.crypto.olm.OlmEncryptionServiceRequestHandler
import java.io.IOException
import java.time.InstantSource
import java.util.concurrent.ConcurrentHashMap
import kotlin.coroutines.AbstractCoroutineContextElement
import kotlin.coroutines.CoroutineContext
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay

internal data class Device(val user: UserId, val id: String)

/**
 * One-time keys of other devices, with which the first message to each of them is encrypted. The
 * library asks for them device by device, and when it gets none it sends the message without that
 * device and never tries it again. Here they are asked for all at once before a message, again when
 * some are missing, and the devices that were missed are remembered in the message's [Round]. A
 * device that keeps having none is left in peace for a while, which grows.
 */
internal class Claims(
    private val api: MatrixClientServerApiClient,
    private val file: DeviceFile,
    clock: InstantSource,
) : OlmEncryptionServiceRequestHandler {
    private val rests = Rests<Device>(clock)

    /** What was got for one message, and which devices go without it. */
    class Round : AbstractCoroutineContextElement(Round) {
        internal val keys = ConcurrentHashMap<Device, Keys>()
        val missed: MutableSet<Device> = ConcurrentHashMap.newKeySet()

        companion object Key : CoroutineContext.Key<Round>
    }

    /**
     * Gets keys for [devices] at once.
     *
     * @throws IOException when the homeserver cannot be asked: then the message had better wait
     */
    suspend fun gather(devices: Set<Device>, round: Round) {
        var wanted = devices.filterNot(rests::isResting).toSet()
        val without = mutableSetOf<Device>()
        var fault: Throwable? = null
        for (pause in PAUSES) {
            if (wanted.isEmpty()) break
            delay(pause)
            fault = null
            for (part in wanted.chunked(PART)) {
                val got = ask(part).onFailure { fault = it }.getOrNull() ?: continue
                for (device in part) {
                    val key = got.oneTimeKeys[device.user]?.get(device.id)
                    if (key == null) without += device else round.keys[device] = key
                }
            }
            wanted = wanted - round.keys.keys
        }
        (fault as? IOException)?.let { throw it }
        rests.reached(round.keys.keys)
        without.intersect(wanted).forEach(rests::failed)
    }

    override suspend fun claimKeys(
        oneTimeKeys: Map<UserId, Map<String, KeyAlgorithm>>
    ): Result<ClaimKeys.Response> {
        val round = currentCoroutineContext()[Round] ?: return api.key.claimKeys(oneTimeKeys)
        val devices = oneTimeKeys.flatMap { (user, ids) -> ids.keys.map { Device(user, it) } }
        round.missed += devices.filterNot { round.keys.containsKey(it) }
        val found = devices.mapNotNull { device -> round.keys.remove(device)?.let { device to it } }
        val byUser =
            found.groupBy({ it.first.user }, { it.first.id to it.second }).mapValues {
                it.value.toMap()
            }
        return Result.success(ClaimKeys.Response(emptyMap(), byUser))
    }

    override suspend fun sendToDevice(
        events: Map<UserId, Map<String, ToDeviceEventContent>>
    ): Result<Unit> {
        file.flush()
        return api.user.sendToDevice(events)
    }

    private suspend fun ask(devices: List<Device>) =
        api.key.claimKeys(
            devices
                .groupBy { it.user }
                .mapValues { (_, of) -> of.associate { it.id to KeyAlgorithm.SignedCurve25519 } }
        )

    private companion object {
        /** Milliseconds before each try. */
        val PAUSES = listOf(0L, 200L, 600L)
        const val PART = 500
    }
}
