package dev.belfry.http;

import dev.belfry.http.guard.Reach;
import dev.belfry.http.guard.Tls;
import org.jspecify.annotations.Nullable;

/**
 * How a server is run.
 *
 * @param tls what to encrypt with; null for plain HTTP
 */
public record WebSettings(Listen listen, Limits limits, Reach reach, @Nullable Tls tls) {
  /** With the usual limits, in plain HTTP; remote if others can connect there. */
  public static WebSettings of(Listen listen) {
    return of(listen, Limits.DEFAULT);
  }

  static WebSettings of(Listen listen, Limits limits) {
    var reach = listen.isLoopbackOnly() ? Reach.LOCAL : Reach.REMOTE;
    return new WebSettings(listen, limits, reach, null);
  }
}
