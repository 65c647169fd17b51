package dev.belfry.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belfry.api.codec.Codec;
import dev.belfry.http.spec.DocsPage;
import dev.belfry.http.spec.Endpoint;
import dev.belfry.http.spec.SpecDocument;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the server says of its own API (contract, {@code GET /v1/spec}), for programs and for
 * people. Public; made at the first request and answered from memory after that.
 */
final class SpecRoutes {
  private final Supplier<List<Route>> all;
  private volatile @Nullable Published published;

  /**
   * @param all the routes to describe, these among them
   */
  SpecRoutes(Supplier<List<Route>> all) {
    this.all = all;
  }

  List<Route> routes() {
    return List.of(
        Route.open("GET", "/v1/spec", call -> published().spec().answer(call)),
        Route.open("GET", "/docs", call -> published().docs().answer(call)));
  }

  private record Published(Content spec, Content docs) {}

  private record Content(Map<String, String> headers, String body) {
    static Content of(String type, String policy, String body) {
      var headers =
          Map.of(
              "Content-Type",
              type,
              "ETag",
              "\"" + HexFormat.of().formatHex(sha256(body), 0, 16) + "\"",
              "Cache-Control",
              "no-cache",
              "Content-Security-Policy",
              policy);
      return new Content(headers, body);
    }

    Answer answer(Call call) {
      String known = call.header("If-None-Match");
      boolean current =
          known != null
              && (known.strip().equals("*") || known.contains(headers.getOrDefault("ETag", "?")));
      return new Answer.Whole(current ? 304 : 200, headers, current ? "" : body);
    }
  }

  private Published published() {
    Published ready = published;
    if (ready == null) {
      // Two that come first make the same.
      ready = make();
      published = ready;
    }
    return ready;
  }

  private Published make() {
    Map<String, Object> document =
        SpecDocument.of(
            all.get().stream()
                .filter(route -> !route.method().equals("OPTIONS")) // nobody but browsers asks
                .map(SpecRoutes::endpoint)
                .toList());
    String style = Base64.getEncoder().encodeToString(sha256(DocsPage.STYLE));
    String policy =
        "default-src 'none'; style-src 'sha256-"
            + style
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    return new Published(
        Content.of("application/json", "default-src 'none'", Codec.toText(document)),
        Content.of("text/html; charset=utf-8", policy, DocsPage.of(document)));
  }

  private static Endpoint endpoint(Route route) {
    var scope = route.scope();
    return new Endpoint(
        route.method(), route.path(), scope == null ? null : scope.name().toLowerCase(Locale.ROOT));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
