package dev.belfry.matrix.trixnity

import de.connect2x.trixnity.core.model.events.MessageEventContent
import de.connect2x.trixnity.core.model.events.UnknownEventContent
import de.connect2x.trixnity.core.model.events.block.EventContentBlocks
import de.connect2x.trixnity.core.model.events.m.room.RoomMessageEventContent
import de.connect2x.trixnity.core.serialization.events.EventContentSerializerMappings
import de.connect2x.trixnity.core.serialization.events.MessageEventContentSerializerMapping
import de.connect2x.trixnity.core.serialization.events.default
import kotlinx.serialization.KSerializer
import kotlinx.serialization.descriptors.buildClassSerialDescriptor
import kotlinx.serialization.encoding.Decoder
import kotlinx.serialization.encoding.Encoder
import kotlinx.serialization.json.JsonDecoder
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonEncoder
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.jsonObject

internal const val MESSAGE = "m.room.message"
internal const val RELATES_TO = "m.relates_to"
private const val NEW_CONTENT = "m.new_content"

/** The content of a message of any type, as it came. */
internal fun rawContent(type: String, json: JsonObject) =
    UnknownEventContent(json, EventContentBlocks(), type)

/** The text of a field, or null if it has none. */
internal fun JsonObject.text(name: String): String? = (this[name] as? JsonPrimitive)?.contentOrNull

internal fun JsonObject.child(name: String): JsonObject? = this[name] as? JsonObject

/**
 * Where a message points, without the content of an edit, which the library slips in there while it
 * reads.
 */
internal fun relation(content: JsonObject): JsonObject? =
    content.child(RELATES_TO)?.let { JsonObject(it - NEW_CONTENT) }

/**
 * Messages are read as they came, since typed classes drop the fields they do not know. Only a
 * request to verify a device is typed: the library answers those itself.
 */
private object MessageSerializer : KSerializer<MessageEventContent> {
    override val descriptor = buildClassSerialDescriptor("dev.belfry.matrix.Message")

    override fun deserialize(decoder: Decoder): MessageEventContent {
        val json = (decoder as JsonDecoder).decodeJsonElement().jsonObject
        if (json.text("msgtype") == "m.key.verification.request") {
            return decoder.json.decodeFromJsonElement(RoomMessageEventContent.serializer(), json)
        }
        val relation = relation(json)
        return rawContent(
            MESSAGE,
            if (relation == null) json else JsonObject(json + (RELATES_TO to relation)),
        )
    }

    override fun serialize(encoder: Encoder, value: MessageEventContent) =
        (encoder as JsonEncoder).encodeJsonElement(
            encoder.json.encodeToJsonElement(
                RoomMessageEventContent.serializer(),
                value as RoomMessageEventContent,
            )
        )
}

/** The types that the library itself needs typed; all others are read as they came. */
private val TYPED = setOf("m.room.encrypted", "m.room.redaction")

internal val contents: EventContentSerializerMappings = run {
    val known = EventContentSerializerMappings.default
    val typed =
        known.message.filter { it.type in TYPED || it.type.startsWith("m.key.verification.") }
    object : EventContentSerializerMappings by known {
        override val message =
            typed.toSet() +
                MessageEventContentSerializerMapping(
                    MESSAGE,
                    RoomMessageEventContent::class,
                    MessageSerializer,
                )
    }
}

/** The type and the JSON of a content that the library has read. */
internal fun written(
    content: MessageEventContent,
    json: kotlinx.serialization.json.Json,
): Pair<String, JsonObject>? {
    if (content is UnknownEventContent) return content.eventType to content.raw
    val mapping = contents.message.find { it.kClass.isInstance(content) } ?: return null
    val element: JsonElement = json.encodeToJsonElement(mapping.serializer, content)
    return mapping.type to element.jsonObject
}
