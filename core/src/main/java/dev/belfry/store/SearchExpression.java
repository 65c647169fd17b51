package dev.belfry.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A query of the full-text index: all of some words and tags, any of some others, none of some.
 * Every token is quoted, so none is syntax.
 */
final class SearchExpression {
  private final List<String> all = new ArrayList<>();
  private final List<String> none = new ArrayList<>();

  void word(String word) {
    all.add(quoted(word));
  }

  /** Words that begin so. */
  void beginning(String start) {
    all.add(quoted(start) + " *");
  }

  /** At least one of them; of no one, nothing is found. */
  void anyOf(Collection<String> tags) {
    all.add(tags.isEmpty() ? quoted("#none") : any(tags));
  }

  void noneOf(Collection<String> tags) {
    if (!tags.isEmpty()) {
      none.add(any(tags));
    }
  }

  /** Whether anything is asked for that the index can be entered by. */
  boolean hasAny() {
    return !all.isEmpty();
  }

  String text() {
    var positive = String.join(" AND ", all);
    return none.isEmpty() ? positive : "(" + positive + ") NOT (" + String.join(" OR ", none) + ")";
  }

  private static String any(Collection<String> tags) {
    return "(" + String.join(" OR ", tags.stream().map(SearchExpression::quoted).toList()) + ")";
  }

  private static String quoted(String token) {
    return '"' + token.replace("\"", "") + '"';
  }
}
