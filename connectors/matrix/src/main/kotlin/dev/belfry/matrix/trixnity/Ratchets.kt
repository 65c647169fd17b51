package dev.belfry.matrix.trixnity

import de.connect2x.trixnity.core.model.keys.KeyValue.Curve25519KeyValue

private const val TURNED_BACK = "turned_back"

/**
 * To be called when the file has come out of a backup. What was sent after that is not known here,
 * and would be repeated in the eyes of the others: the rooms' sessions are dropped, so that each
 * gets a new one, and those with single devices are good for reading only.
 */
internal suspend fun DeviceFile.turnedBack() = writeTransaction {
    delete(Which(OUTBOUND_SESSION))
    for (session in list(Which(OLM_SESSION))) {
        put(Entry(Place(TURNED_BACK, session.place.id), null, ""))
    }
    flush()
}

/** Whether nothing may be encrypted with what the file has for a device. */
internal suspend fun DeviceFile.isTurnedBack(device: Curve25519KeyValue): Boolean =
    get(Place(TURNED_BACK, device.value)) != null

/** There is a new session with the device. */
internal suspend fun DeviceFile.isRenewed(device: Curve25519KeyValue) =
    delete(Place(TURNED_BACK, device.value))
