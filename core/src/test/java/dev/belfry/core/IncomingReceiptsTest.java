package dev.belfry.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.belfry.model.Delivery;
import dev.belfry.model.UserId;
import dev.belfry.network.NetworkEvent;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a network tells of how messages fare, and of who has read them. */
@Tag("hub")
class IncomingReceiptsTest {
  @TempDir Path temp;
  private TestHub hub;

  @BeforeEach
  void open() throws Exception {
    hub = TestHub.connected(temp);
  }

  @AfterEach
  void close() {
    hub.close();
  }

  private void says(NetworkEvent... batch) {
    hub.saysTwice(batch);
  }

  @Test
  void receiptsOfOthersAreSeenOnOwnMessages() {
    says(Said.message("$1", Said.ME, "a"), Said.message("$2", Said.ME, "b"));
    hub.client().says(new NetworkEvent.ReadByOther(Said.CHAT, Said.ALICE, "$1", Said.AT));
    var seen = hub.message("$1").seen();
    assertEquals(java.util.Map.of(Said.ALICE, Said.AT), seen == null ? null : seen.by());
    assertNull(hub.message("$2").seen());
    hub.client().says(new NetworkEvent.ReadByOther(Said.CHAT, Said.ALICE, "$2", Said.AT));
    hub.client().says(new NetworkEvent.ReadByOther(Said.CHAT, Said.ALICE, "$1", Said.AT));
    var later = hub.message("$2").seen();
    assertEquals(java.util.Map.of(Said.ALICE, Said.AT), later == null ? null : later.by());
  }

  private List<String> unseen() {
    return hub.all(50).reversed().stream()
        .filter(message -> message.seen() == null)
        .map(message -> message.content().body())
        .toList();
  }

  private static NetworkEvent read(UserId who, String key, int second) {
    return new NetworkEvent.ReadByOther(Said.CHAT, who, key, Said.AT.plusSeconds(second));
  }

  @Test
  void receiptOfAnotherIsFollowedOnceItsEventIsThere() {
    hub.network.page(
        "t",
        null,
        Said.message("$1", Said.ME, "a"),
        Said.message("$2", Said.ME, "b"),
        Said.message("$3", Said.ME, "c"));
    hub.client()
        .says(
            Said.gap("t"),
            Said.message("$4", Said.ME, "d"),
            read(Said.ALICE, "$2", 2),
            read(Said.ALICE, "$1", 1),
            read(Said.BOB, "$never", 3));
    hub.fillGaps();
    assertEquals(List.of("c", "d"), unseen());
    assertEquals(1, hub.number("SELECT count(*) FROM wanted_receipt"));
    hub.client().says(read(Said.BOB, "$3", 4), Said.message("$5", Said.ME, "e"));
    assertEquals(List.of("d", "e"), unseen());
    assertEquals(0, hub.number("SELECT count(*) FROM wanted_receipt"));
  }

  @Test
  void receiptThatComesBeforeItsEventIsTold() {
    says(Said.message("$1", Said.ME, "a"));
    hub.client().says(read(Said.ALICE, "$2", 1));
    long seq = hub.lastChange();
    hub.client().says(Said.message("$2", Said.BOB, "b"));
    assertEquals(List.of(), unseen().stream().filter("a"::equals).toList());
    assertEquals(List.of("message", "message", "chat"), hub.kindsAfter(seq));
    assertEquals(0, hub.number("SELECT max(wanted) FROM chat"));
  }

  @Test
  void noMoreReceiptsThanAreShownWaitForTheirEvents() {
    says(Said.message("$1", Said.ME, "a"));
    for (int i = 0; i < 210; i++) {
      hub.client().says(read(new UserId("@p" + i + ":x"), "$2", i));
    }
    assertEquals(200, hub.number("SELECT count(*) FROM wanted_receipt"));
    assertEquals(
        (Said.AT.getEpochSecond() + 10) * 1000, hub.number("SELECT min(at) FROM wanted_receipt"));
  }

  @Test
  void deliveryIsKept() {
    says(Said.message("$1", Said.ME, "a"), Said.message("$2", Said.ALICE, "b"));
    var failed = new Delivery.Failed(Said.AT, "bridge", "The bridge is down.", true);
    hub.client().says(new NetworkEvent.DeliveryChanged(Said.CHAT, "$1", failed));
    assertEquals(failed, hub.message("$1").delivery());
    var reached = new Delivery.Delivered(Said.AT, List.of(Said.ALICE));
    hub.client().says(new NetworkEvent.DeliveryChanged(Said.CHAT, "$1", reached));
    assertEquals(reached, hub.message("$1").delivery());
    hub.client().says(new NetworkEvent.DeliveryChanged(Said.CHAT, "$2", failed));
    assertNull(hub.message("$2").delivery());
  }

  private static NetworkEvent fares(String key, Delivery how) {
    return new NetworkEvent.DeliveryChanged(Said.CHAT, key, how);
  }

  private static Delivery failed(int second) {
    return new Delivery.Failed(Said.AT.plusSeconds(second), "bridge", "It is down.", true);
  }

  @Test
  void latestWordOnDeliveryCountsThoughHistoryTellsItFirst() {
    var sent = new Delivery.Sent(Said.AT.plusSeconds(2));
    hub.network.page("t1", "t2", fares("$1", sent), Said.message("$2", Said.ALICE, "b"));
    hub.network.page("t2", null, Said.message("$1", Said.ME, "a"), fares("$1", failed(1)));
    hub.client().says(Said.gap("t1"), Said.message("$3", Said.ALICE, "c"));
    hub.fillGaps();
    assertEquals(sent, hub.message("$1").delivery());
    hub.client().says(fares("$1", failed(3)));
    assertEquals(failed(3), hub.message("$1").delivery());
    hub.network.page("t4", null, Said.message("$3", Said.ALICE, "c"), fares("$1", failed(1)));
    hub.client().says(Said.gap("t4"), Said.message("$4", Said.ALICE, "d"));
    hub.fillGaps();
    assertEquals(failed(3), hub.message("$1").delivery());
    assertEquals(0, hub.number("SELECT count(*) FROM wanted_delivery"));
  }

  @Test
  void noMoreThanSomeWordsOnDeliveryWaitForTheirMessages() {
    says(Said.message("$1", Said.ALICE, "a"));
    for (int i = 0; i < 210; i++) {
      hub.client().says(fares("$later" + i, failed(i)));
    }
    assertEquals(200, hub.number("SELECT count(*) FROM wanted_delivery"));
    says(Said.message("$later209", Said.ME, "b"), Said.message("$later1", Said.ME, "c"));
    assertEquals(failed(209), hub.message("$later209").delivery());
    assertEquals(new Delivery.Sent(Said.AT), hub.message("$later1").delivery());
  }
}
