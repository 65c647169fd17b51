package dev.belfry.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.belfry.model.Delivery;
import dev.belfry.network.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("hub")
class SmokeTest {
  @TempDir Path temp;

  @Test
  void messageComesAndGoes() throws Exception {
    try (var hub = TestHub.connected(temp)) {
      hub.client().says(Said.message("$1", Said.ALICE, "hello"));
      assertEquals(List.of("hello"), hub.bodies());
      assertEquals(1, hub.chat().read().unreadCount());
      var pending = hub.send("hi");
      var call = hub.network.next();
      assertEquals(pending, call.send().transaction());
      call.answer(new Outcome.Done("$2"));
      hub.client().says(Said.echo("$2", "hi", pending));
      assertEquals(List.of("hello", "hi"), hub.bodies());
      assertInstanceOf(Delivery.Sent.class, hub.message(pending).delivery());
    }
  }
}
