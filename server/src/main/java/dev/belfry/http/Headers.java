package dev.belfry.http;

import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;

/** The headers that responses have in common, encoded once (contract, Headers). */
final class Headers {
  private static final HttpField NO_SNIFF =
      new PreEncodedHttpField("X-Content-Type-Options", "nosniff");
  private static final HttpField NO_STORE =
      new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store");
  private static final HttpField JSON =
      new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/json");

  /** {@code false} keeps the SDKs from sending the same request again. */
  static final String SHOULD_RETRY = "x-should-retry";

  /** Those of a body of JSON. */
  static final Map<String, String> JSON_TYPE = Map.of("Content-Type", "application/json");

  private final HttpField version;

  Headers(ServerIdentity identity) {
    version = new PreEncodedHttpField("X-Beeper-Desktop-Version", identity.version());
  }

  /** Those of every response. Chats are private: no cache on the way keeps them. */
  void putCommon(HttpFields.Mutable headers) {
    headers.put(version);
    headers.put(NO_SNIFF);
    headers.put(NO_STORE);
  }

  static void putJson(HttpFields.Mutable headers) {
    headers.put(JSON);
  }
}
