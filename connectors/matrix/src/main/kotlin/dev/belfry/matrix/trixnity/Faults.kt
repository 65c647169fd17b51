package dev.belfry.matrix.trixnity

import de.connect2x.trixnity.core.ErrorResponse
import de.connect2x.trixnity.core.MatrixServerException
import dev.belfry.matrix.MatrixLink.EncryptionFault
import dev.belfry.network.LoggedOutException
import java.io.IOException
import java.sql.SQLException

/**
 * What went wrong, as the wall to the Java side has it: a login that is over, or else a link that
 * broke. Messages of the library can hold what a homeserver sent, so they are left out.
 */
internal fun asOurs(fault: Throwable): Exception =
    when (fault) {
        is LoggedOutException,
        is EncryptionFault -> fault
        is MatrixServerException -> server(fault)
        is IOException -> fault
        is SQLException ->
            IOException("the Matrix keys cannot be read or written: ${fault.message}", fault)
        else -> IOException("the Matrix link failed: ${fault.javaClass.simpleName}", fault)
    }

private fun server(fault: MatrixServerException): Exception =
    when (fault.errorResponse) {
        is ErrorResponse.UnknownToken,
        is ErrorResponse.MissingToken ->
            LoggedOutException("The homeserver has ended this login. Log in again.")
        is ErrorResponse.UserDeactivated -> LoggedOutException("This account has been deactivated.")
        is ErrorResponse.UserLocked -> IOException("the homeserver has locked this account")
        else -> IOException("the homeserver answered with status ${fault.statusCode.value}")
    }
