package dev.belfry.http.oauth;

import com.nimbusds.oauth2.sdk.Scope;
import dev.belfry.model.Grant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Scopes on the wire (contract, auth.md, Scopes). */
final class Scopes {
  static final List<String> ALL = List.of("read", "write");

  private Scopes() {}

  /**
   * What is asked for: unknown ones are dropped, and who asks for none gets {@code read}.
   *
   * @throws OAuthFault if nothing is left
   */
  static Set<Grant.Scope> asked(@Nullable String text) {
    var known = EnumSet.noneOf(Grant.Scope.class);
    Scope asked = Scope.parse(text);
    if (asked == null || asked.isEmpty()) {
      known.add(Grant.Scope.READ);
      return known;
    }
    for (Grant.Scope scope : Grant.Scope.values()) {
      if (asked.contains(name(scope))) {
        known.add(scope);
      }
    }
    if (known.isEmpty()) {
      throw new OAuthFault("invalid_scope", "There are the scopes read and write");
    }
    return known;
  }

  static String text(Set<Grant.Scope> scopes) {
    return scopes.stream().map(Scopes::name).sorted().collect(Collectors.joining(" "));
  }

  private static String name(Grant.Scope scope) {
    return scope.name().toLowerCase(Locale.ROOT);
  }
}
