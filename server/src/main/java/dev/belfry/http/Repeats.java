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
 * Idempotency-Key): by its key, or where an SDK counts its repeats. What is streamed back is not
 * remembered.
 */
final class Repeats {
  private static final String KEY = "Idempotency-Key";
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  private static final String COUNT = "X-Stainless-Retry-Count";

  private final @Nullable Answers answers;
  private final Unanswered unanswered = new Unanswered(System::nanoTime);

  /**
   * Asks the hub's memory.
   *
   * @param answers null where nothing is remembered
   */
  Repeats(@Nullable Answers answers) {
    this.answers = answers;
  }

  /**
   * The answer of the route, or what the same request was answered before.
   *
   * @param told tells whether the answer came through
   */
  Answer answer(Route route, Request request, RequestBody body, Call call, Telling told) {
    if (route.scope() == null || SAFE.contains(request.getMethod())) {
      return route.handler().handle(call);
    }
    Answers memory = answers;
    List<String> keys = request.getHeaders().getValuesList(KEY);
    if (memory != null && !keys.isEmpty()) {
      return keyed(memory, keys, route, request, body, call);
    }
    int repeat = repeat(request);
    return repeat < 0
        ? route.handler().handle(call)
        : counted(repeat, route, request, body, call, told);
  }

  /** How often an SDK has sent this before; -1 where nobody counts. */
  private static int repeat(Request request) {
    String count = request.getHeaders().get(COUNT);
    return count != null && count.matches("[0-9]{1,4}") ? Integer.parseInt(count) : -1;
  }

  private Answer counted(
      int repeat, Route route, Request request, RequestBody body, Call call, Telling told) {
    body.track();
    if (!body.isInMemory()) {
      return route.handler().handle(call); // a file: twice is no harm
    }
    var asked =
        new Unanswered.Asked(
            call.grant().subject(),
            request.getMethod(),
            request.getHttpURI().getPathQuery(),
            body.hash());
    if (repeat > 0) {
      var first = unanswered.find(asked, repeat);
      var answer = first.flatMap(unanswered::answer);
      if (first.isPresent() && answer.isPresent()) {
        listen(told, first.get(), request);
        return replayed(answer.get());
      }
    }
    var begun = unanswered.begin(asked, repeat);
    var answer = unanswered.run(begun, () -> carryOut(route, request, call));
    listen(told, begun, request);
    return answer;
  }

  private static void listen(Telling told, Unanswered.Try of, Request request) {
    boolean gone = Peer.isGone(request);
    told.listen(written -> of.told(written && !gone));
  }

  private static Answer replayed(Answer answer) {
    return answer instanceof Answer.Whole whole ? replayed(whole) : answer;
  }

  private static Answer.Whole replayed(Answer.Whole whole) {
    var headers = new HashMap<>(whole.headers());
    headers.put("Idempotent-Replayed", "true");
    return new Answer.Whole(whole.status(), headers, whole.body());
  }

  private static Answer keyed(
      Answers memory,
      List<String> keys,
      Route route,
      Request request,
      RequestBody body,
      Call call) {
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
        case Answer.Upgraded upgraded -> upgraded;
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
      return replayed(new Answer.Whole(earlier.status(), earlier.headers(), earlier.body()));
    }
  }
}
