package dev.belfry.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.belfry.api.ApiError;
import dev.belfry.api.codec.CodecException;
import dev.belfry.sdk.BelfryException.Answered;
import dev.belfry.sdk.BelfryException.UnreadableAnswer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Errors become exceptions. */
@Tag("unit")
class FaultsTest extends SdkTest {
  private Belfry once;

  @BeforeEach
  void withoutRetries() {
    once = settings().maxRetries(0).build();
  }

  @AfterEach
  void closeIt() {
    once.close();
  }

  @Test
  void everyStatusHasItsClass() {
    Map<Integer, Class<? extends Answered>> classes =
        Map.of(
            302, BelfryException.UnexpectedStatus.class,
            400, BelfryException.BadRequest.class,
            401, BelfryException.Unauthorized.class,
            403, BelfryException.Forbidden.class,
            404, BelfryException.NotFound.class,
            405, BelfryException.UnexpectedStatus.class,
            422, BelfryException.UnprocessableEntity.class,
            429, BelfryException.RateLimited.class,
            500, BelfryException.ServerFault.class,
            503, BelfryException.ServerFault.class);
    classes.forEach((status, type) -> {
      server.answer(status, "{\"message\":\"Chat not found\",\"code\":\"NOT_FOUND\"}");
      Answered fault = fault();
      assertEquals(type, fault.getClass());
      assertEquals(status, fault.status());
      assertEquals(Optional.of("NOT_FOUND"), fault.code());
      assertEquals(Optional.of("Chat not found"), fault.reason());
      assertEquals(status + " NOT_FOUND: Chat not found", fault.getMessage());
      assertEquals(Optional.empty(), fault.details());
    });
  }

  @Test
  void detailsAreHandedOn() {
    server.answer(
        400,
        "{\"message\":\"m\",\"code\":\"VALIDATION_ERROR\",\"details\":{\"issues\":[{\"code\":"
            + "\"invalid_type\",\"message\":\"i\",\"path\":[\"body\",\"ids\",3]}]}}");
    Answered fault = fault();
    assertEquals(
        List.of(new ApiError.Issue("invalid_type", "i", List.of("body", "ids", 3L))),
        fault.issues());
    server.answer(422, "{\"message\":\"m\",\"code\":\"c\",\"details\":[1,null]}");
    assertInstanceOf(List.class, fault().details().orElseThrow());
    server.answer(422, "{\"message\":\"m\",\"code\":\"c\",\"details\":null}");
    assertEquals(List.of(), fault().issues());
  }

  @Test
  void bodiesThatAreNoEnvelopeAreLeftOut() {
    for (String body :
        List.of("<html>secret</html>", "", "{}", "{\"message\":1,\"code\":[]}", "null")) {
      server.answerText(500, body);
      Answered fault = fault();
      assertEquals("HTTP 500", fault.getMessage(), body);
      assertEquals(Optional.empty(), fault.code());
    }
  }

  @Test
  void aSuccessThatCannotBeReadSaysWhere() {
    server.answer(200, CHAT.replace("\"title\":\"Tea\"", "\"title\":{}"));
    var fault = assertThrows(UnreadableAnswer.class, () -> once.chats().retrieve("c"));
    var cause = assertInstanceOf(CodecException.class, fault.getCause());
    assertEquals(List.of("title"), cause.path());
    for (String body : List.of("", "<html>", CHAT.substring(9), CHAT + CHAT, "[]", "null")) {
      server.answerText(200, body);
      assertThrows(UnreadableAnswer.class, () -> once.chats().retrieve("c"), body);
    }
  }

  @Test
  void redirectsAreNotFollowedAndKeepTheToken() throws InterruptedException {
    server.answer(307, "{}", "Location: " + server.url() + "/elsewhere");
    assertEquals(307, fault().status());
    assertEquals("/v1/accounts", server.request().target());
    assertEquals(0, server.pending());
  }

  @Test
  void noMessageHoldsTheToken() {
    server.answer(401, "{\"message\":\"no\",\"code\":\"UNAUTHORIZED\"}");
    assertFalse(fault().toString().contains("secret"));
    assertFalse(once.toString().contains("secret"));
  }

  private Answered fault() {
    return assertThrows(Answered.class, () -> once.accounts().list());
  }
}
