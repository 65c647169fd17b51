package dev.belfry.http;

import dev.belfry.model.Grant;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint.
 *
 * @param method such as {@code GET}; HEAD and OPTIONS come by themselves
 * @param path with parameters in braces, such as {@code /v1/chats/{chatID}}
 * @param scope what a token must be good for; null for a public endpoint, where a token is not even
 *     looked at
 * @param handler answers
 */
public record Route(String method, String path, Grant.@Nullable Scope scope, Handler handler) {
  /** What an endpoint does. Thrown refusals become error answers. */
  @FunctionalInterface
  public interface Handler {
    Answer handle(Call call);
  }

  public static Route open(String method, String path, Handler handler) {
    return new Route(method, path, null, handler);
  }

  public static Route reading(String method, String path, Handler handler) {
    return new Route(method, path, Grant.Scope.READ, handler);
  }

  public static Route writing(String method, String path, Handler handler) {
    return new Route(method, path, Grant.Scope.WRITE, handler);
  }
}
