package dev.belfry.matrix.trixnity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class MegolmMessageTest {
  private static String index(int... bytes) {
    byte[] message = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      message[i] = (byte) bytes[i];
    }
    return String.valueOf(
        MegolmMessageKt.messageIndex(Base64.getEncoder().withoutPadding().encodeToString(message)));
  }

  @Test
  void theIndexIsReadWhereverItStands() {
    assertEquals("0", index(3, 0x08, 0, 0x12, 2, 1, 2));
    assertEquals("300", index(3, 0x08, 0xAC, 0x02));
    assertEquals("5", index(3, 0x12, 2, 9, 9, 0x08, 5));
  }

  @Test
  void whatIsNoMessageHasNone() {
    assertEquals("null", index(4, 0x08, 0));
    assertEquals("null", index());
    assertEquals("null", index(3, 0x12, 100, 1));
    assertEquals("null", index(3, 0x12, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F));
    assertEquals(
        "null", index(3, 0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF));
    assertNull(MegolmMessageKt.messageIndex("not base64!"));
  }
}
