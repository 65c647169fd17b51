package dev.belfry.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belfry.core.repeat.Answers;
import dev.belfry.model.Answered;
import dev.belfry.model.HubException;
import dev.belfry.model.RequestKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that a write which is sent again is done once (contract, Decided for Belfry:
 * Idempotency-Key). What is streamed back is not remembered.
 */
final class Repeats {
  private static final String KEY = "Idempotency-Key";
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  private final @Nullable Answers answers;

  /**
   * Asks the hub's memory.
   *
   * @param answers null where nothing is remembered
   */
  Repeats(@Nullable Answers answers) {
    this.answers = answers;
  }

  /** The answer of {@code handler}, or what the same request was answered before. */
  Answer answer(Route route, Request request, RequestBody body, Call call) {
    Answers memory = answers;
    List<String> keys = request.getHeaders().getValuesList(KEY);
    if (memory == null
        || keys.isEmpty()
        || route.scope() == null
        || SAFE.contains(request.getMethod())) {
      return route.handler().handle(call);
    }
    if (keys.size() > 1) {
      throw HubException.invalid("One Idempotency-Key at most", "headers", KEY);
    }
    String path = String.valueOf(request.getHttpURI().getPath());
    var key = new RequestKey(call.grant().subject(), request.getMethod(), path, keys.getFirst());
    body.track();
    return memory.once(
        key, hash(request, body), () -> carryOut(route, request, call), Remembered.FORM);
  }

  private static Supplier<String> hash(Request request, RequestBody body) {
    String query = request.getHttpURI().getQuery();
    return new Supplier<>() {
      private @Nullable String hash;

      @Override
      public String get() {
        if (hash == null) {
          hash =
              HashedStream.hash(
                  ((query == null ? "" : query) + "\n" + body.hash()).getBytes(UTF_8));
        }
        return hash;
      }
    };
  }

  /** As a refusal is an answer too, it becomes one here. */
  private static Answer carryOut(Route route, Request request, Call call) {
    try {
      return switch (route.handler().handle(call)) {
        case Answer.Json json -> json.whole();
        case Answer.Nothing _ -> new Answer.Whole(204, Map.of(), "");
        case Answer.Whole whole -> whole;
        case Answer.Streamed streamed -> streamed;
      };
    } catch (RuntimeException e) {
      return Errors.whole(Errors.of(e, request, route.path()), request.getMethod());
    }
  }

  private enum Remembered implements Answers.Form<Answer> {
    FORM;

    @Override
    public Optional<Answered> remembered(Answer answer) {
      return answer instanceof Answer.Whole(var status, var headers, var body)
          ? Optional.of(new Answered(status, headers, body))
          : Optional.empty();
    }

    @Override
    public Answer again(Answered earlier) {
      var headers = new HashMap<>(earlier.headers());
      headers.put("Idempotent-Replayed", "true");
      return new Answer.Whole(earlier.status(), headers, earlier.body());
    }
  }
}
