package dev.belfry.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.Account;
import dev.belfry.api.AppState;
import dev.belfry.api.Chat;
import dev.belfry.api.request.MessageSendParams;
import dev.belfry.sdk.WireServer.Request;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What each call puts on the wire, and what it makes of the answer. */
@Tag("unit")
class CallsTest extends SdkTest {
  @Test
  void infoSendsNoToken() throws InterruptedException {
    server.answer(
        200,
        "{\"app\":{\"name\":\"B\",\"version\":\"1\",\"bundle_id\":\"b.server\"},"
            + "\"platform\":{\"os\":\"linux\",\"arch\":\"x64\"},"
            + "\"server\":{\"base_url\":\"u\",\"hostname\":\"h\",\"port\":1,"
            + "\"remote_access\":false,\"mcp_enabled\":true,\"status\":\"ready\"},"
            + "\"endpoints\":{\"mcp\":\"m\",\"spec\":\"s\",\"ws_events\":\"w\",\"oauth\":{"
            + "\"authorization_endpoint\":\"a\",\"token_endpoint\":\"t\","
            + "\"introspection_endpoint\":\"i\",\"registration_endpoint\":\"r\","
            + "\"revocation_endpoint\":\"v\",\"userinfo_endpoint\":\"e\"}}}");
    assertEquals("b.server", client.info().retrieve().app().bundleId());
    Request request = server.request();
    assertEquals("GET /v1/info", request.method() + " " + request.target());
    assertNull(request.header("Authorization"));
  }

  @Test
  void everyOtherCallSendsTokenAndName() throws Exception {
    server.answer(
        200,
        "[{\"accountID\":\"matrix\",\"bridge\":{\"id\":\"matrix\",\"provider\":\"local\","
            + "\"type\":\"matrix\"},\"user\":{\"id\":\"@a:x\"},\"status\":\"brand_new\"}]");
    Account account = client.accounts().list().get(0);
    assertEquals(new Account.Status("brand_new"), account.status());
    Request request = server.request();
    assertEquals("GET /v1/accounts", request.method() + " " + request.target());
    assertEquals("Bearer secret", request.header("Authorization"));
    assertEquals("application/json", request.header("Accept"));
    assertEquals("Belfry/Java " + Belfry.VERSION, request.header("User-Agent"));
    assertNull(request.header("X-Stainless-Retry-Count"));
    assertNull(request.header("Upgrade"));
    assertNull(request.header("Content-Type"));
    String pom = Files.readString(Path.of("pom.xml"));
    assertTrue(pom.contains("<version>" + Belfry.VERSION + "</version>"));
  }

  @Test
  void appSetup() throws InterruptedException {
    server.answer(
        200,
        "{\"state\":\"ready\",\"e2ee\":{\"crossSigning\":true,\"firstSyncDone\":true,"
            + "\"hasBackedUpRecoveryKey\":true,\"initialized\":true,\"keyBackup\":true,"
            + "\"secretStorage\":true,\"verified\":true,\"secrets\":{\"masterKey\":true,"
            + "\"megolmBackupKey\":true,\"recoveryKey\":true,\"selfSigningKey\":true,"
            + "\"userSigningKey\":true}}}");
    assertEquals(AppState.State.READY, client.app().setup().state());
    assertEquals("/v1/app/setup", server.request().target());
  }

  @Test
  void segmentsAreEncodedStrictly() throws InterruptedException {
    Map<String, String> encoded =
        Map.of(
            "!k3Qx:example.org", "%21k3Qx%3Aexample.org",
            "a/b?c#d%e", "a%2Fb%3Fc%23d%25e",
            "%2F", "%252F",
            "a b+c=d&e;f", "a%20b%2Bc%3Dd%26e%3Bf",
            "👍🏽", "%F0%9F%91%8D%F0%9F%8F%BD",
            "-._~Az09", "-._~Az09",
            "...", "...");
    for (Map.Entry<String, String> id : encoded.entrySet()) {
      server.answer(200, CHAT);
      client.chats().retrieve(id.getKey());
      assertEquals("/v1/chats/" + id.getValue(), server.request().target());
    }
  }

  @Test
  void idsThatNoPathCanHoldAreRefused() {
    for (String id : new String[] {"", ".", ".."}) {
      assertThrows(IllegalArgumentException.class, () -> client.chats().retrieve(id));
    }
    assertEquals(0, server.pending());
  }

  @Test
  void queriesRepeatKeysAndLeaveOutNulls() throws InterruptedException {
    server.answer(200, page(false)).answer(200, page(false)).answer(200, CHAT);
    client.chats().list();
    assertEquals("/v1/chats", server.request().target());
    client
        .chats()
        .list(
            ChatListParams.ALL
                .ofAccounts("a,b", "c d")
                .from("x&y=z", Direction.AFTER)
                .withLimit(7));
    assertEquals(
        "/v1/chats?accountIDs=a%2Cb&accountIDs=c%20d&cursor=x%26y%3Dz&direction=after&limit=7",
        server.request().target());
    client.chats().retrieve("c", -1);
    assertEquals("/v1/chats/c?maxParticipantCount=-1", server.request().target());
  }

  @Test
  void everyWriteHasAKeyOfItsOwnAndNoReadHasOne() throws InterruptedException {
    server.answer(204, "").answer(200, CHAT).answer(204, "").answer(200, CHAT);
    client.chats().archive("c");
    client.chats().markRead("c");
    client.messages().delete("c", "m");
    client.chats().retrieve("c");
    var keys = new HashSet<String>();
    for (int i = 0; i < 3; i++) {
      String key = server.request().header("Idempotency-Key");
      assertNotNull(key);
      assertTrue(keys.add(key), "the same again");
    }
    assertNull(server.request().header("Idempotency-Key"));
  }

  @Test
  void sendsThatWaitRetriesAndCancels() throws InterruptedException {
    String queued = "{\"chatID\":\"c\",\"pendingMessageID\":\"m1\"}";
    server.answer(200, queued).answer(200, queued).answer(200, queued);
    var params = MessageSendParams.ofText("hi");
    assertNull(client.messages().send("c", params, Duration.ofMillis(1500)).message());
    assertEquals("/v1/chats/c/messages?wait=2", server.request().target());
    assertEquals("m1", client.messages().retry("c", "m1").pendingMessageID());
    assertEquals("/v1/chats/c/messages/m1/retry", server.request().target());
    client.messages().retry("c", "m1", Duration.ofSeconds(60));
    assertEquals("/v1/chats/c/messages/m1/retry?wait=60", server.request().target());
    server.answer(
        200, "{\"success\":true,\"chatID\":\"c\",\"messageID\":\"m1\",\"mayHaveBeenSent\":true}");
    assertTrue(client.messages().cancel("c", "m1").mayHaveBeenSent());
    assertEquals("/v1/chats/c/messages/m1/cancel", server.request().target());
  }

  @Test
  void archiveSendsABodyAndExpectsNone() throws InterruptedException {
    server.answer(204, "").answer(204, "");
    client.chats().archive("c");
    Request request = server.request();
    assertEquals("POST /v1/chats/c/archive", request.method() + " " + request.target());
    assertEquals("{\"archived\":true}", request.body());
    assertEquals("application/json", request.header("Content-Type"));
    assertEquals("*/*", request.header("Accept"));
    client.chats().archive("c", false);
    assertEquals("{\"archived\":false}", server.request().body());
  }

  @Test
  void readAndUnreadLeaveOutWhatIsNotSaid() throws InterruptedException {
    for (int i = 0; i < 4; i++) server.answer(200, CHAT);
    Chat chat = client.chats().markRead("c");
    assertEquals("!c:x", chat.id());
    Request request = server.request();
    assertEquals(
        "POST /v1/chats/c/read {}",
        request.method() + " " + request.target() + " " + request.body());
    client.chats().markRead("c", "m");
    assertEquals("{\"messageID\":\"m\"}", server.request().body());
    client.chats().markUnread("c");
    request = server.request();
    assertEquals("/v1/chats/c/unread {}", request.target() + " " + request.body());
    client.chats().markUnread("c", "m");
    assertEquals("{\"messageID\":\"m\"}", server.request().body());
  }

  @Test
  void messages() throws InterruptedException {
    server.answer(200, message("m 1")).answer(200, "{\"chatID\":\"c\",\"pendingMessageID\":\"p\"}");
    assertEquals("m 1", client.messages().retrieve("c/1", "m 1").id());
    assertEquals("/v1/chats/c%2F1/messages/m%201", server.request().target());
    var sent = client.messages().send("c", new MessageSendParams("hé", null, "m0"));
    assertEquals("p", sent.pendingMessageID());
    Request request = server.request();
    assertEquals("POST /v1/chats/c/messages", request.method() + " " + request.target());
    assertEquals("{\"text\":\"hé\",\"replyToMessageID\":\"m0\"}", request.body());
    assertNotNull(request.header("Idempotency-Key"));
  }

  @Test
  void nullsInAnswersKeepTheirMeaning() {
    String chat = CHAT.replace("{\"id\":", "{\"draft\":null,\"isMuted\":null,\"id\":");
    server.answer(200, chat);
    Chat read = client.chats().retrieve("c");
    assertTrue(read.draft().isNothing());
    assertTrue(read.reminder().isAbsent());
    assertNull(read.isMuted());
  }

  @Test
  void theAddressMayHaveAPathAndASlash() throws InterruptedException {
    server.answer(200, "[]");
    try (Belfry behindProxy = Belfry.connect(URI.create(server.url() + "/chat/api/"), "t")) {
      assertEquals(0, behindProxy.accounts().list().size());
    }
    assertEquals("/chat/api/v1/accounts", server.request().target());
  }

  @Test
  void settingsComeFromTheEnvironment() throws InterruptedException {
    server.answer(200, "[]").answer(200, "[]");
    Map<String, String> environment =
        Map.of("BEEPER_BASE_URL", server.url().toString(), "BEEPER_ACCESS_TOKEN", " token\n");
    try (Belfry fromEnvironment = new Belfry.Builder(environment).build()) {
      fromEnvironment.accounts().list();
    }
    assertEquals("Bearer token", server.request().header("Authorization"));
    try (Belfry withoutToken = new Belfry.Builder(environment).token(null).build()) {
      withoutToken.accounts().list();
    }
    assertNull(server.request().header("Authorization"));
  }

  @Test
  void badSettingsAreRefusedWithoutTellingThem() {
    for (String url :
        new String[] {
          "localhost:1", "ftp://h", "http:///x", "http://u:secret@h", "http://h?secret"
        }) {
      var fault =
          assertThrows(
              IllegalArgumentException.class,
              () -> Belfry.connect(URI.create(url), "t").close(),
              url);
      assertTrue(!String.valueOf(fault.getMessage()).contains("secret"));
    }
    var fault =
        assertThrows(
            IllegalArgumentException.class, () -> Belfry.connect(server.url(), "sec\nret").close());
    assertTrue(!String.valueOf(fault.getMessage()).contains("ret\""));
  }

  @Test
  void aClosedClientSendsNothing() {
    client.close();
    assertThrows(IllegalStateException.class, () -> client.accounts().list());
    assertEquals(0, server.pending());
  }
}
