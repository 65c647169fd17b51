package dev.belfry.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ListenAddressTest {
  @Test
  void readsNamesAndAddresses() {
    assertEquals(new ListenAddress("127.0.0.1", 8080), ListenAddress.parse("127.0.0.1:8080"));
    assertEquals(new ListenAddress("localhost", 0), ListenAddress.parse("localhost:0"));
    assertEquals(new ListenAddress("::1", 8080), ListenAddress.parse("[::1]:8080"));
  }

  @Test
  void refusesWhatIsNone() {
    for (String wrong :
        List.of(
            "", "8080", ":8080", "host", "host:", "host:x", "host:-1", "host:65536", "::1:80")) {
      assertThrows(IllegalArgumentException.class, () -> ListenAddress.parse(wrong), wrong);
    }
  }

  @Test
  void writesUrls() {
    assertEquals("http://127.0.0.1:1", ListenAddress.url(false, "127.0.0.1", 1));
    assertEquals("https://[::1]:1", ListenAddress.url(true, "::1", 1));
  }
}
