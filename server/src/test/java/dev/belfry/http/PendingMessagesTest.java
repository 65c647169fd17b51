package dev.belfry.http;

import static dev.belfry.http.TestHub.ALICE;
import static dev.belfry.http.TestHub.FULL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.Message;
import dev.belfry.api.Message.SendState;
import dev.belfry.api.MessageCancelResponse;
import dev.belfry.api.MessageSendResponse;
import dev.belfry.api.codec.Codec;
import dev.belfry.contract.Contract;
import dev.belfry.http.Wire.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Waiting for a message, trying it again and cancelling it, on the wire. */
@Tag("hub")
class PendingMessagesTest {
  private static final String SEND = "/v1/chats/" + ALICE + "/messages";

  @TempDir Path folder;
  private TestHub hub;

  @BeforeEach
  void open() throws Exception {
    hub = new TestHub(folder);
    hub.connect();
  }

  @AfterEach
  void close() {
    hub.close();
  }

  private static MessageSendResponse sent(Reply reply) {
    assertEquals(200, reply.status(), reply.text());
    return Codec.read(MessageSendResponse.class, reply.body());
  }

  private MessageSendResponse send(String text, String query) throws IOException {
    return sent(hub.post(SEND + query, "{\"text\":\"" + text + "\"}"));
  }

  private static Message message(MessageSendResponse response) {
    Message message = response.message();
    assertNotNull(message);
    Contract.assertValid("Message", Codec.toBytes(message));
    return message;
  }

  private static SendState state(Message message) {
    var status = message.sendStatus();
    assertNotNull(status);
    return status.status();
  }

  private void assertRefused(int status, String told, Reply reply) {
    assertEquals(status, reply.status(), reply.text());
    assertTrue(reply.text().contains(told), reply.text());
    assertEquals("false", reply.header("x-should-retry"));
    Contract.assertValid("Error", reply.body());
  }

  @Test
  void waitTellsWhatBecameOfIt() throws Exception {
    var sent = send("hello", "?wait=30");
    var message = message(sent);
    assertEquals(SendState.SUCCESS, state(message));
    assertNotEquals(sent.pendingMessageID(), message.id());
    var failed = message(send("refuse this", "?wait=30"));
    var status = failed.sendStatus();
    assertNotNull(status);
    assertEquals(SendState.FAIL_RETRIABLE, status.status());
    assertEquals("forbidden", status.reason());
    assertEquals("Not this.", status.message());
    assertNull(send("hold this", "?wait=1").message());
  }

  @Test
  void withoutWaitTheAnswerIsTheContracts() throws Exception {
    for (String query : List.of("", "?wait=0", "?wait=")) {
      hub.post(SEND + query, "{\"text\":\"a\"}").valid("MessageSendResponse");
    }
  }

  @Test
  void waitsThatAreNoneAreRefused() throws Exception {
    for (String wait : List.of("-1", "61", "x", "1.5", "1s", "9999999999", "1&wait=2")) {
      assertRefused(
          400, "[\"query\",\"wait\"]", hub.post(SEND + "?wait=" + wait, "{\"text\":\"a\"}"));
    }
    assertRefused(400, "wait", hub.post(SEND + "/m1/retry?wait=61", ""));
    assertEquals(List.of(), List.copyOf(hub.network.performed));
  }

  @Test
  void aKeyedSendThatWaitsIsRememberedWithItsMessage() throws Exception {
    var first = hub.post(SEND + "?wait=30", "{\"text\":\"a\"}", "Idempotency-Key: k");
    message(sent(first));
    var second = hub.post(SEND + "?wait=30", "{\"text\":\"a\"}", "Idempotency-Key: k");
    assertEquals(first.text(), second.text());
  }

  @Test
  void retryKeepsThePendingId() throws Exception {
    var failed = send("refuse", "?wait=30");
    String id = message(failed).id();
    for (String named : List.of(id, failed.pendingMessageID())) {
      var again = sent(hub.post(SEND + "/" + named + "/retry?wait=30", ""));
      assertEquals(failed.pendingMessageID(), again.pendingMessageID());
      assertEquals(SendState.FAIL_RETRIABLE, state(message(again)));
    }
    hub.post(SEND + "/" + failed.pendingMessageID() + "/retry", "{}").valid("MessageSendResponse");
  }

  @Test
  void cancelledOnesAreGone() throws Exception {
    var held = send("hold", "").pendingMessageID();
    Reply reply = hub.post(SEND + "/" + held + "/cancel", "");
    while (reply.status() == 422) {
      assertRefused(422, "BEING_SENT", reply);
      reply = hub.post(SEND + "/" + held + "/cancel", "");
    }
    var cancelled = Codec.read(MessageCancelResponse.class, reply.body());
    assertTrue(cancelled.success());
    assertEquals(ALICE, cancelled.chatID());
    assertEquals(held, cancelled.messageID());
    assertRefused(404, "not found", hub.post(SEND + "/" + held + "/cancel", ""));
    assertFalse(hub.get(SEND).text().contains(held));

    var failed = message(send("refuse", "?wait=30")).id();
    assertEquals(200, hub.post(SEND + "/" + failed + "/cancel", "{}").status());
    assertFalse(hub.get(SEND).text().contains("refuse"));
  }

  @Test
  void whatTheNetworkHasCanBeNeither() throws Exception {
    var sent = message(send("a", "?wait=30")).id();
    assertRefused(422, "NOT_FAILED", hub.post(SEND + "/" + sent + "/retry", ""));
    assertRefused(422, "NOT_PENDING", hub.post(SEND + "/" + sent + "/cancel", ""));
    assertRefused(422, "NOT_FAILED", hub.post(SEND + "/$1/retry", ""));
    assertRefused(422, "NOT_PENDING", hub.post(SEND + "/$1/cancel", ""));
  }

  @Test
  void unknownOnesAreNotFound() throws Exception {
    var held = send("hold", "").pendingMessageID();
    for (String verb : List.of("/retry", "/cancel")) {
      for (String id : List.of("m1", "0", "-1", "$no", "%20", "%F0%9F%99%82", "x".repeat(5000))) {
        assertRefused(404, "not found", hub.post(SEND + "/" + id + verb, ""));
      }
      // Of another chat.
      for (String id : List.of("$rich", held)) {
        String chat = id.equals(held) ? FULL : ALICE;
        assertRefused(
            404, "not found", hub.post("/v1/chats/" + chat + "/messages/" + id + verb, ""));
      }
      assertRefused(404, "not found", hub.post("/v1/chats/!no/messages/" + held + verb, ""));
      assertEquals(405, hub.get(SEND + "/" + held + verb).status());
      String stranger = Wire.request("POST", SEND + "/" + held + verb, "");
      assertEquals(401, Wire.exchange(hub.port, stranger).status());
      String reader = Wire.request("POST", SEND + "/" + held + verb, "", hub.readersHeader());
      assertEquals(403, Wire.exchange(hub.port, reader).status());
    }
  }
}
