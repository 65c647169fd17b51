package dev.belfry.server.serve;

import dev.belfry.http.Limits;
import dev.belfry.http.Listen;
import dev.belfry.http.WebSettings;
import dev.belfry.http.guard.Rates;
import dev.belfry.http.guard.Reach;
import dev.belfry.http.guard.Tls;
import dev.belfry.server.process.ExitStatus;
import dev.belfry.server.process.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code serve} was told about who may reach it and how.
 *
 * @param certificate a file; null for plain HTTP
 * @param key a file; given where the certificate is
 * @param behindProxy whether a proxy in front tells how and by whom it is called
 * @param hosts names by which it may be called; empty for any once remote access is on
 * @param origins of web pages that may call it besides local ones
 * @param rate requests a second with one token; 0 for any number
 * @param connections at once
 */
public record WebOptions(
    @Nullable Path certificate,
    @Nullable Path key,
    boolean behindProxy,
    List<String> hosts,
    List<String> origins,
    int rate,
    int connections) {
  /** Nothing was told. */
  public static final WebOptions NONE =
      new WebOptions(
          null,
          null,
          false,
          List.of(),
          List.of(),
          Rates.DEFAULT.requests(),
          Limits.DEFAULT.connections());

  public WebOptions {
    hosts = List.copyOf(hosts);
    origins = List.copyOf(origins);
  }

  /**
   * For a server.
   *
   * @throws Failure when certificate and key cannot be used
   */
  WebSettings settings(Listen listen) {
    var reach =
        new Reach(
            behindProxy || !listen.isLoopbackOnly(),
            behindProxy,
            Set.copyOf(hosts),
            Set.copyOf(origins));
    var rates = rate == 0 ? Rates.NONE : Rates.ofRequests(rate);
    return new WebSettings(listen, Limits.DEFAULT.with(connections, rates), reach, tls());
  }

  private @Nullable Tls tls() {
    if (certificate == null || key == null) {
      return null;
    }
    try {
      return Tls.read(certificate, key);
    } catch (IOException e) {
      throw new Failure(ExitStatus.USAGE, String.valueOf(e.getMessage()), e);
    }
  }
}
