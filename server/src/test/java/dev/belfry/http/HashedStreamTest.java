package dev.belfry.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same file in another multipart body is the same. */
@Tag("unit")
class HashedStreamTest {
  private static String hash(String body, String without, int piece) throws IOException {
    var stream = new HashedStream(new ByteArrayInputStream(body.getBytes(UTF_8)), without);
    var read = new byte[body.getBytes(UTF_8).length];
    int at = 0;
    while (at < read.length) {
      at += stream.read(read, at, Math.min(piece, read.length - at));
    }
    assertArrayEquals(body.getBytes(UTF_8), read);
    return stream.hash();
  }

  @Test
  void theBoundaryDoesNotCount() throws IOException {
    var random = new Random(1);
    String plain = HashedStream.hash("--\r\nab\r\n--\r\nc--\r\n--".getBytes(UTF_8));
    for (int i = 0; i < 200; i++) {
      String boundary = "-".repeat(random.nextInt(3)) + "aab" + random.nextInt(1000);
      String body = "--B\r\nab\r\n--B\r\nc--\r\n--B".replace("B", boundary);
      assertEquals(plain, hash(body, boundary, 1 + random.nextInt(body.length())), boundary);
    }
  }

  @Test
  void allElseCounts() throws IOException {
    assertEquals(HashedStream.hash("abc".getBytes(UTF_8)), hash("abc", "", 2));
    assertNotEquals(hash("--x\r\na", "x", 2), hash("--x\r\nb", "x", 2));
    assertEquals(HashedStream.hash("ab".getBytes(UTF_8)), hash("ab", "abc", 1));
  }

  @Test
  void drainsToALimit() throws IOException {
    var stream = new HashedStream(new ByteArrayInputStream(new byte[10_000]), "");
    assertEquals(0, stream.read());
    assertTrue(stream.drain(9_999));
    assertEquals(HashedStream.hash(new byte[10_000]), stream.hash());
    assertFalse(new HashedStream(new ByteArrayInputStream(new byte[10]), "").drain(9));
  }
}
