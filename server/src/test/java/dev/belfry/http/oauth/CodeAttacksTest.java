package dev.belfry.http.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Attacks with stolen, old and foreign codes, and without PKCE. */
@Tag("hub")
class CodeAttacksTest extends Attacked {
  @Test
  void aCodeUsedTwiceEndsWhatItGave() throws Exception {
    String code = code();
    String token = Stage.text(Stage.json(exchange(form(code))), "access_token");
    assertEquals(200, stage.statusWith(token));
    refused("invalid_grant", with(form(code), "code_verifier", "x".repeat(43)));
    assertEquals(401, stage.statusWith(token));
    refused("invalid_grant", form(code));
  }

  @Test
  void aStolenCodeIsOfNoUseAndOfNoneToTheThiefLater() throws Exception {
    for (var wrong :
        List.of(
            Map.entry("code_verifier", "A".repeat(43)),
            Map.entry("client_id", "another"),
            Map.entry("redirect_uri", "http://127.0.0.1:4711/other"))) {
      String code = code();
      refused("invalid_grant", with(form(code), wrong.getKey(), wrong.getValue()));
      refused("invalid_grant", form(code));
    }
    String code = code();
    refused("invalid_target", with(form(code), "resource", "https://example.org/"));
    var without = form(code);
    without.remove("code_verifier");
    refused("invalid_request", without);
    refused("invalid_request", with(form(code), "code_verifier", "short"));
  }

  @Test
  void aCodeOfAnotherResourceOrClientIsRefused() throws Exception {
    var query = with(asking(), "resource", stage.base + "/v0/mcp");
    String code = Stage.text(Stage.query(stage.allowed(query)), "code");
    refused("invalid_target", with(form(code), "resource", stage.base + "/v1"));
    String other = stage.register("Other", "http://127.0.0.1:2/callback");
    refused("invalid_grant", with(form(code()), "client_id", other));
  }

  @Test
  void aCodeIsGoodForMinutes() throws Exception {
    String code = code();
    stage.pass(Duration.ofMinutes(5));
    refused("invalid_grant", form(code));
  }

  @Test
  void onlyCodesAreExchanged() throws Exception {
    refused("unsupported_grant_type", with(form(code()), "grant_type", "password"));
    refused("unsupported_grant_type", with(form(code()), "grant_type", "client_credentials"));
    refused("unsupported_grant_type", with(form(code()), "grant_type", "refresh_token"));
    refused("invalid_request", Map.of("code", "x"));
    var twice =
        stage.post(
            "/oauth/token",
            "application/x-www-form-urlencoded",
            Stage.encode(form(code())) + "&code=other");
    assertEquals("invalid_request", Stage.error(twice));
    assertEquals(405, stage.get("/oauth/token?" + Stage.encode(form(code()))).statusCode());
  }

  @Test
  void nobodyGoesWithoutPkceOrDownToPlain() throws Exception {
    for (var query :
        List.of(
            with(asking(), "code_challenge", ""),
            with(asking(), "code_challenge", Stage.VERIFIER + "x"),
            with(with(asking(), "code_challenge_method", "plain"), "code_challenge", "x"),
            with(asking(), "code_challenge_method", "plain"),
            with(asking(), "code_challenge_method", "s256"))) {
      var answer = Stage.query(Stage.location(stage.authorize(query)));
      assertEquals("invalid_request", answer.get("error"), answer.toString());
      assertEquals("s t/a&t=e", answer.get("state"));
      assertEquals(stage.base, answer.get("iss"));
    }
    // Without a method it is S256, not plain as elsewhere.
    var query = asking();
    query.remove("code_challenge_method");
    String code = Stage.text(Stage.query(stage.allowed(query)), "code");
    refused("invalid_grant", with(form(code), "code_verifier", Stage.challenge(Stage.VERIFIER)));
  }
}
