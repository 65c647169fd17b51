package dev.belfry.http;

import static dev.belfry.http.Described.list;
import static dev.belfry.http.Described.object;

import dev.belfry.api.Chat;
import dev.belfry.api.Field;
import dev.belfry.api.request.ChatUpdateParams;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The schemas of {@code /v1/spec} beside the wire records of the same names. */
final class SpecRecords {
  /** Members of requests that only older clients or the official CLI send; the SDK does not. */
  private static final Map<String, Set<String>> ACCEPTED =
      Map.of(
          "ChatCreateParams", Set.of("mode", "user", "allowInvite"),
          "ReminderCreateParams", Set.of("remindAtMs", "dismissOnIncomingMessage"),
          "ReminderCreateParams.Wanted", Set.of("remindAtMs"),
          "MessageSendParams", Set.of("mentions"));

  /** Schemas that no record stands for. */
  private static final Set<String> OF_NO_RECORD =
      Set.of(
          "ChatListPage",
          "ChatPage",
          "MessagePage",
          "UserPage",
          "Level",
          "TypingParams",
          "ValidationError");

  /** Of OAuth, whose answers are looked at one by one. */
  private static final Set<String> OF_SIGN_IN =
      Set.of(
          "OAuthError",
          "AuthorizationServer",
          "ProtectedResource",
          "ClientRegistration",
          "RegisteredClient",
          "ConsentSignIn",
          "ConsentDecision",
          "AuthorizationQuestion",
          "AuthorizationQuestion.Client",
          "AuthorizationDecision",
          "CodeExchange",
          "AccessToken",
          "ShownToken",
          "Introspection",
          "Introspection.Client",
          "UserInfo");

  /** What says by another rule than its type whether it must be there. */
  private static final Set<String> OWN_RULE =
      Set.of(
          "ChatCreateParams",
          "ReminderCreateParams",
          "ReminderCreateParams.Wanted",
          // Newer than the SDK's generation, and always sent here.
          "Account",
          // Null is sent as null.
          "MessageSearchPage");

  private SpecRecords() {}

  static List<String> differences(Described spec) {
    var found = new ArrayList<String>();
    var none = new TreeSet<String>();
    spec.schemas()
        .forEach((name, schema) -> {
          Class<?> type = record(name);
          if (type == null) {
            none.add(name);
          } else {
            compare(name, object(schema), type, found);
          }
        });
    none.removeAll(OF_SIGN_IN);
    if (!none.equals(new TreeSet<>(OF_NO_RECORD))) {
      found.add("of no record: " + none);
    }
    return found;
  }

  private static @Nullable Class<?> record(String name) {
    String nested = name.replace('.', '$');
    for (Class<?> neighbour : List.of(Chat.class, ChatUpdateParams.class)) {
      try {
        Class<?> type = Class.forName(neighbour.getPackageName() + "." + nested);
        return type.isRecord()
            ? (type.getRecordComponents().length == 1 && name.equals("Level") ? null : type)
            : null;
      } catch (ClassNotFoundException e) {
        // Then it is in the other package, or nowhere.
      }
    }
    return null;
  }

  private static void compare(
      String name, Map<String, Object> schema, Class<?> type, List<String> found) {
    if (name.equals("Participant")) {
      return; // As flat as the record is not: a person, and what is said of them in a chat.
    }
    var described = plain(object(schema.get("properties")).keySet());
    described.removeAll(plain(ACCEPTED.getOrDefault(name, Set.of())));
    var required = plain(list(schema.get("required")));
    // The first component of such a record is what the schema calls "all of".
    int skipped = schema.containsKey("allOf") ? 1 : 0;
    var parts = Arrays.stream(type.getRecordComponents()).skip(skipped).toList();
    var there = plain(parts.stream().map(RecordComponent::getName).toList());
    var needed =
        plain(parts.stream().filter(SpecRecords::isNeeded).map(RecordComponent::getName).toList());
    if (!described.equals(there)) {
      found.add(name + " has " + described + ", its record " + there);
    }
    if (!OWN_RULE.contains(name) && !required.equals(needed)) {
      found.add(name + " requires " + required + ", its record " + needed);
    }
  }

  /** Some objects have snake_case keys on the wire. */
  private static Set<String> plain(Collection<?> keys) {
    var result = new TreeSet<String>();
    keys.forEach(key -> result.add(key.toString().replace("_", "").toLowerCase(Locale.ROOT)));
    return result;
  }

  private static boolean isNeeded(RecordComponent part) {
    boolean nullable =
        Arrays.stream(part.getAnnotatedType().getAnnotations())
            .anyMatch(a -> a.annotationType() == Nullable.class);
    return !nullable && part.getType() != Field.class;
  }
}
