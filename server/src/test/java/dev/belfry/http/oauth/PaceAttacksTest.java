package dev.belfry.http.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.core.Hub;
import dev.belfry.http.guard.Rates;
import dev.belfry.model.Grant.Scope;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attacks by sheer number: wrong tokens count wherever they are shown. */
@Tag("hub")
class PaceAttacksTest {
  @TempDir Path folder;

  private Stage stage(Rates rates) throws Exception {
    return new Stage(folder, new Hub.Options("of-the-environment"), rates);
  }

  /** Asks until it is too much, which must be said with when to come again. */
  private static HttpResponse<String> flood(int good, Callable<HttpResponse<String>> request)
      throws Exception {
    for (int i = 0; i < 1000; i++) {
      var answer = request.call();
      if (answer.statusCode() == 429) {
        String later = answer.headers().firstValue("Retry-After").orElse("");
        assertTrue(later.matches("[1-9][0-9]*"), later);
        return answer;
      }
      assertEquals(good, answer.statusCode(), answer.body());
    }
    throw new AssertionError("never too much");
  }

  @Test
  void wrongTokensCountWhereverTheyAreShown() throws Exception {
    try (var stage = stage(new Rates(0, 0, 1, 3))) {
      String mine = stage.handMade(Scope.WRITE);
      String client = stage.register("Notes", Stage.REDIRECT);
      var wrong = Map.of("token", "wrong");
      var pages =
          Map.<String, Callable<HttpResponse<String>>>of(
              "introspect", () -> stage.postForm("/oauth/introspect", wrong),
              "revoke", () -> stage.postForm("/oauth/revoke", wrong));
      for (var each : pages.values()) {
        assertEquals("temporarily_unavailable", Stage.error(flood(200, each)));
      }
      var stranger =
          flood(401, () -> stage.get("/oauth/userinfo", "Authorization", "Bearer wrong"));
      assertEquals("temporarily_unavailable", Stage.error(stranger));
      var exchange = Stage.exchange("wrong", client, Stage.REDIRECT);
      assertEquals(
          "temporarily_unavailable",
          Stage.error(flood(400, () -> stage.postForm("/oauth/token", exchange))));
      flood(401, () -> stage.get("/v1/chats", "Authorization", "Bearer wrong"));
      var page = stage.authorize(Stage.asking(client, Stage.REDIRECT));
      var form = new LinkedHashMap<>(Map.of("form_key", Stage.formKey(page, "decline")));
      form.put("token", "wrong");
      String signIn = Stage.address(page) + "/sign-in";
      var shown = flood(403, () -> stage.postForm(signIn, form));
      assertTrue(shown.body().contains("Too many bad tokens"), shown.body());

      // Who has the right ones is held up nowhere.
      assertEquals(401, stage.get("/oauth/userinfo").statusCode());
      assertEquals(
          200, stage.get("/oauth/userinfo", "Authorization", "Bearer " + mine).statusCode());
      assertEquals(
          true,
          Stage.json(stage.postForm("/oauth/introspect", Map.of("token", mine))).get("active"));
      form.put("token", mine);
      assertEquals(303, stage.postForm(signIn, form).statusCode());
      String token = stage.token(client, Stage.REDIRECT);
      assertEquals(200, stage.statusWith(token));
      assertEquals(200, stage.postForm("/oauth/revoke", Map.of("token", token)).statusCode());
      assertEquals(401, stage.get("/v1/chats").statusCode());
      assertTrue(stage.hub.tokens().find(token).isEmpty());
    }
  }

  @Test
  void questionsAboutATokenCountAsItsRequests() throws Exception {
    try (var stage = stage(new Rates(1, 3, 0, 0))) {
      String mine = stage.handMade(Scope.READ);
      String other = stage.handMade(Scope.READ);
      flood(200, () -> stage.postForm("/oauth/introspect", Map.of("token", mine)));
      flood(200, () -> stage.get("/oauth/userinfo", "Authorization", "Bearer " + mine));
      flood(200, () -> stage.get("/v1/chats", "Authorization", "Bearer " + mine));
      assertEquals(200, stage.postForm("/oauth/introspect", Map.of("token", other)).statusCode());
      assertEquals(200, stage.postForm("/oauth/revoke", Map.of("token", mine)).statusCode());
      assertTrue(stage.hub.tokens().find(mine).isEmpty());
    }
  }

  @Test
  void theRequestsForAccessSayWhenToComeAgain() throws Exception {
    try (var stage = stage(Rates.DEFAULT)) {
      var page = flood(200, () -> stage.authorize(Stage.asking("notes", Stage.REDIRECT)));
      assertEquals("5", page.headers().firstValue("Retry-After").orElse(""));
    }
  }
}
