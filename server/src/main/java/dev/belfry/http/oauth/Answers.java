package dev.belfry.http.oauth;

import dev.belfry.api.codec.Codec;
import dev.belfry.http.Answer;
import dev.belfry.http.Route;
import dev.belfry.model.HubException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Answers for programs, refusals included (RFC 6749, 5.2). */
final class Answers {
  private static final String BUSY = "temporarily_unavailable";

  /** Where it is not a caller's own pace that counts, but how many there are. */
  static final Map<String, String> RETRY_LATER = Map.of("Retry-After", "5");

  private Answers() {}

  static Answer json(int status, Map<String, ?> object) {
    return json(status, Map.of(), object);
  }

  static Answer json(int status, Map<String, String> headers, Map<String, ?> object) {
    var all = new LinkedHashMap<>(headers);
    all.put("Content-Type", "application/json");
    return new Answer.Whole(status, all, Codec.toText(object));
  }

  static Answer error(int status, Map<String, String> headers, String code, String description) {
    var object = new LinkedHashMap<String, String>();
    object.put("error", code);
    object.put("error_description", description);
    return json(status, headers, object);
  }

  /** Turns what an endpoint refuses into OAuth's form of error. */
  static Route.Handler forPrograms(Route.Handler handler) {
    return call -> {
      try {
        return handler.handle(call);
      } catch (OAuthFault fault) {
        return error(400, Map.of(), fault.code(), fault.description());
      } catch (TooOften early) {
        return error(429, early.headers(), BUSY, early.message());
      } catch (HubException refusal) {
        if (refusal.code().isEmpty()) {
          throw refusal;
        }
        boolean busy = refusal.code().equals(BUSY);
        return error(
            busy ? 429 : 400,
            busy ? RETRY_LATER : Map.of(),
            refusal.code(),
            String.valueOf(refusal.getMessage()));
      }
    };
  }
}
