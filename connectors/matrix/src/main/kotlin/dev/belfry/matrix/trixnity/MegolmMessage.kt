package dev.belfry.matrix.trixnity

import java.nio.BufferUnderflowException
import java.nio.ByteBuffer
import java.util.Base64

/**
 * The index of a Megolm message, which is in clear in it: after a version byte come fields, each a
 * tag and a number or a length and bytes; the field with the tag 8 is the index. Null if it cannot
 * be read. See the section on Megolm's message format in the Megolm specification.
 */
internal fun messageIndex(ciphertext: String): Long? =
    try {
        val bytes = ByteBuffer.wrap(Base64.getDecoder().decode(ciphertext))
        if (bytes.get() == VERSION) field(bytes) else null
    } catch (_: IllegalArgumentException) {
        null
    } catch (_: BufferUnderflowException) {
        null
    } catch (_: ArithmeticException) {
        null
    }

private fun field(bytes: ByteBuffer): Long? {
    while (true) {
        val tag = number(bytes)
        val value = number(bytes)
        if (tag == INDEX) return value
        bytes.position(Math.addExact(bytes.position(), Math.toIntExact(value)))
    }
}

/** Seven bits a byte, the lowest first; the highest bit tells that more follow. */
private fun number(bytes: ByteBuffer): Long {
    var value = 0L
    for (shift in 0..56 step 7) {
        val byte = bytes.get().toLong()
        value = value or ((byte and 0x7f) shl shift)
        if (byte >= 0) return value
    }
    throw IllegalArgumentException("a number too long")
}

private const val VERSION: Byte = 3
private const val INDEX = 8L
