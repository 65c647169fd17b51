package dev.belfry.matrix.trixnity

import de.connect2x.trixnity.core.model.RoomId
import kotlinx.serialization.KSerializer
import kotlinx.serialization.json.Json

internal const val ACCOUNT = "account"
internal const val AUTHENTICATION = "authentication"
internal const val OUTBOUND_SESSION = "outbound_session"
internal const val OLM_SESSION = "olm_session"

/** A room and the session of it that a key belongs to. */
internal data class RoomKey(val room: RoomId, val session: String)

/** Two texts as one, so that no other two give the same. */
internal fun joined(first: String, second: String) = "${first.length} $first$second"

/** Values with one key. */
internal open class Values<K, V : Any>(
    protected val file: DeviceFile,
    protected val kind: String,
    private val json: Json,
    private val serializer: KSerializer<V>,
    private val id: (K) -> String,
    private val tag: (V) -> String? = { null },
) {
    open suspend fun get(key: K): V? = file.get(Place(kind, id(key)))?.let(::read)

    open suspend fun save(key: K, value: V) =
        file.put(Entry(Place(kind, id(key)), tag(value), json.encodeToString(serializer, value)))

    suspend fun delete(key: K) = file.delete(Place(kind, id(key)))

    suspend fun deleteAll() = file.delete(Which(kind))

    suspend fun getAll(): List<V> = file.list(Which(kind)).map { read(it.value) }

    protected fun read(value: String): V = json.decodeFromString(serializer, value)
}

/** Values with a key and a second key within it; tagged with their room where they have one. */
internal open class Pairs<A, V : Any>(
    protected val file: DeviceFile,
    protected val kind: String,
    private val json: Json,
    private val serializer: KSerializer<V>,
    private val id: (A) -> String,
    private val room: (A) -> RoomId? = { null },
) {
    suspend fun get(firstKey: A): Map<String, V> =
        file.list(Which(kind, id(firstKey))).associate { it.place.sub to read(it.value) }

    suspend fun get(firstKey: A, secondKey: String): V? =
        file.get(Place(kind, id(firstKey), secondKey))?.let(::read)

    open suspend fun save(firstKey: A, secondKey: String, value: V) =
        file.put(
            Entry(
                Place(kind, id(firstKey), secondKey),
                room(firstKey)?.full,
                json.encodeToString(serializer, value),
            )
        )

    suspend fun delete(firstKey: A, secondKey: String) =
        file.delete(Place(kind, id(firstKey), secondKey))

    suspend fun deleteAll() = file.delete(Which(kind))

    suspend fun deleteByRoomId(roomId: RoomId) = file.delete(Which(kind, tag = roomId.full))

    private fun read(value: String): V = json.decodeFromString(serializer, value)
}
