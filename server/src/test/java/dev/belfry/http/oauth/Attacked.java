package dev.belfry.http.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.model.HubException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server with a client that is registered, for the attacks of RFC 9700 (best current practice for
 * OAuth's security) that apply here.
 */
abstract class Attacked {
  @TempDir Path folder;
  Stage stage;
  String client;

  @BeforeEach
  void open() throws Exception {
    stage = new Stage(folder);
    client = stage.register("Notes", "http://127.0.0.1:1/callback", "com.example.notes:/callback");
  }

  @AfterEach
  void close() {
    stage.close();
  }

  Map<String, String> asking() {
    return Stage.asking(client, Stage.REDIRECT);
  }

  String code() throws Exception {
    return Stage.text(Stage.query(stage.allowed(asking())), "code");
  }

  HttpResponse<String> exchange(Map<String, String> form) throws Exception {
    return stage.postForm("/oauth/token", form);
  }

  void refused(String error, Map<String, String> form) throws Exception {
    var answer = exchange(form);
    assertEquals(400, answer.statusCode(), answer.body());
    assertEquals(error, Stage.error(answer));
    assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElse(""));
  }

  Map<String, String> form(String code) {
    return Stage.exchange(code, client, Stage.REDIRECT);
  }

  static Map<String, String> with(Map<String, String> form, String name, String value) {
    var changed = new LinkedHashMap<>(form);
    changed.put(name, value);
    return changed;
  }

  void assertNotFound(String code) {
    try {
      stage.hub.consents().decide(code, true, null);
    } catch (HubException e) {
      assertTrue(String.valueOf(e.getMessage()).contains("not found"), e.getMessage());
      return;
    }
    throw new AssertionError("decided twice");
  }
}
