package dev.belfry.http.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.core.Hub;
import dev.belfry.model.HubException;
import java.io.IOException;
import java.io.StringWriter;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Attacks on the endpoints themselves: masses, odd bodies, and what their log tells. */
@Tag("hub")
class EndpointAttacksTest extends Attacked {
  @Test
  void masses() throws Exception {
    int refused = 0;
    for (int i = 0; i < 40; i++) {
      var answer =
          stage.postJson(
              "/register", Map.of("client_name", "N", "redirect_uris", List.of(Stage.REDIRECT)));
      if (answer.statusCode() == 429) {
        refused++;
        assertEquals("temporarily_unavailable", Stage.error(answer));
        assertEquals("5", answer.headers().firstValue("Retry-After").orElse(""));
      }
    }
    assertEquals(11, refused, "the 30 that may come at once, less the one of every test here");
    stage.pass(Duration.ofSeconds(2));
    assertNotEquals("", stage.register("Again", Stage.REDIRECT));

    int asked = 0;
    int full = 0;
    for (int i = 0; i < 70; i++) {
      var page = stage.authorize(asking());
      asked += page.statusCode() == 200 ? 1 : 0;
      full += page.statusCode() == 429 ? 1 : 0;
      stage.pass(Duration.ofMillis(500));
    }
    assertEquals(64, asked);
    assertEquals(6, full);
    stage.pass(Duration.ofMinutes(3));
    assertEquals(200, stage.authorize(asking()).statusCode(), "pages that nobody has open go");

    for (int i = 0; i < 10; i++) {
      assertNotFound("BBBB-BBBB");
    }
    var page = stage.hub.consents().waiting().getFirst();
    var limited =
        assertThrows(
            HubException.class, () -> stage.hub.consents().decide(page.code(), true, null));
    assertEquals("too_many_tries", limited.code());
  }

  @Test
  void whoAsksTooOftenChangesNothing() throws Exception {
    for (int i = 0; i < 60; i++) {
      assertEquals(200, stage.authorize(asking()).statusCode());
    }
    long before = lastAsked();
    stage.pass(Duration.ofMillis(100));
    assertEquals(429, stage.authorize(asking()).statusCode());
    assertEquals(before, lastAsked());
    stage.pass(Duration.ofSeconds(1));
    assertEquals(200, stage.authorize(asking()).statusCode());
    assertEquals(before + 1100, lastAsked());
  }

  /** When the client asked for access, as the file has it; in milliseconds. */
  private long lastAsked() throws SQLException {
    try (var file = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(Hub.STORE));
        var statement = file.createStatement();
        var found = statement.executeQuery("SELECT max(used) FROM client")) {
      return found.getLong(1);
    }
  }

  @Test
  void nothingSecretIsLogged() throws Exception {
    var log = new StringWriter();
    var handler =
        new Handler() {
          private final SimpleFormatter formatter = new SimpleFormatter();

          @Override
          public void publish(LogRecord record) {
            log.write(formatter.format(record));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    var ours = Logger.getLogger("dev.belfry");
    Level before = ours.getLevel();
    ours.setLevel(Level.ALL);
    handler.setLevel(Level.ALL);
    ours.addHandler(handler);
    try {
      var page = stage.authorize(asking());
      stage.hub.consents().decide(Stage.shownCode(page), true, null);
      String code = Stage.text(Stage.query(Stage.location(stage.get(Stage.address(page)))), "code");
      String token = Stage.text(Stage.json(exchange(form(code))), "access_token");
      refused("invalid_grant", form(code));
      var _ = stage.postForm("/oauth/introspect", Map.of("token", token));
      String text = log.toString();
      assertTrue(text.contains("by consent"), "something is logged");
      for (String secret :
          List.of(
              code,
              token,
              Stage.VERIFIER,
              Stage.shownCode(page),
              Stage.address(page),
              "Notes",
              client)) {
        assertFalse(text.contains(secret), secret);
      }
    } finally {
      ours.removeHandler(handler);
      ours.setLevel(before);
    }
  }

  @Test
  void oddBodiesAreRefusedInWords() throws IOException, InterruptedException {
    for (String path :
        List.of("/oauth/token", "/oauth/introspect", "/oauth/revoke", "/oauth/register")) {
      for (String[] odd :
          new String[][] {
            {"application/json", "{"},
            {"application/json", "[]"},
            {"application/json", "{\"token\":1,\"grant_type\":{},\"client_name\":[]}"},
            {"application/x-www-form-urlencoded", "a=%zz"},
            {"application/x-www-form-urlencoded", ""},
            {"multipart/form-data; boundary=x", "x"},
            {"text/plain", "token=x"}
          }) {
        var answer = stage.post(path, odd[0], odd[1]);
        assertEquals(400, answer.statusCode(), path + " " + odd[1]);
        assertTrue(Stage.json(answer).containsKey("error_description"));
      }
    }
    assertEquals(400, stage.get("/oauth/authorize?client_id=%ff").statusCode());
    assertEquals(404, stage.get("/oauth/consent/none").statusCode());
    assertEquals(400, stage.get("/oauth/authorize").statusCode());
  }
}
