package dev.belfry.matrix.trixnity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import de.connect2x.trixnity.core.ErrorResponse;
import de.connect2x.trixnity.core.MatrixServerException;
import dev.belfry.network.LoggedOutException;
import io.ktor.http.HttpStatusCode;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class FaultsTest {
  private static Exception of(int status, ErrorResponse answer) {
    return FaultsKt.asOurs(
        new MatrixServerException(HttpStatusCode.Companion.fromValue(status), answer, null));
  }

  @Test
  void aSoftLogoutEndsTheLoginToo() {
    assertInstanceOf(
        LoggedOutException.class, of(401, new ErrorResponse.UnknownToken("secret words", false)));
    assertInstanceOf(
        LoggedOutException.class, of(401, new ErrorResponse.UnknownToken("secret words", true)));
  }

  @Test
  void aLockedAccountMayBeUnlocked() {
    assertInstanceOf(IOException.class, of(401, new ErrorResponse.UserLocked("later", true)));
  }

  @Test
  void whatAHomeserverSaidIsNotRepeated() {
    assertEquals(
        "the homeserver answered with status 502",
        of(502, new ErrorResponse.NotJson("<html>secret words")).getMessage());
    assertEquals(
        "the Matrix link failed: IllegalStateException",
        FaultsKt.asOurs(new IllegalStateException("secret words")).getMessage());
  }

  @Test
  void aBrokenLinkIsWhatItIs() {
    var fault = new IOException("connection reset");
    assertSame(fault, FaultsKt.asOurs(fault));
  }
}
