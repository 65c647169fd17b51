package dev.belfry.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/** The same value in both of the worlds that are compared; random ones differ. */
record Pair(String plain, String rich) {
  Pair(String both) {
    this(both, both);
  }

  /** As a part of a path or a query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
