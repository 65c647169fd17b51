package dev.belfry.http.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class InputTest {
  private static <T extends @Nullable Object> T query(String raw, Function<Query, T> wanted) {
    return Input.read(raw, () -> new byte[0], _ -> {}, in -> wanted.apply(in.query()));
  }

  private static <T extends @Nullable Object> T body(String json, Function<Body, T> wanted) {
    return body(json.getBytes(UTF_8), wanted);
  }

  private static <T extends @Nullable Object> T body(byte[] json, Function<Body, T> wanted) {
    return Input.read(null, () -> json, _ -> {}, in -> wanted.apply(in.body()));
  }

  /** Each fault as its code and place. */
  private static List<String> faults(Runnable reading) {
    return assertThrows(InvalidRequest.class, reading::run).issues().stream()
        .map(issue -> issue.code() + " " + issue.path())
        .toList();
  }

  @Test
  void readsQueries() {
    String raw = "accountIDs=a&accountIDs=b%2Cc&x=1&accountIDs%5B%5D=d&cursor=a+b%26&limit=7&&=";
    assertEquals(List.of("a", "b,c", "d"), query(raw, q -> q.strings("accountIDs")));
    assertEquals("a b&", query(raw, q -> q.string("cursor")));
    assertEquals(7, limit(raw));
    assertEquals(
        -1, InputTest.<Integer>query("limit=-1", q -> q.integer("limit", 25, -1, 200)).intValue());
    assertEquals(TimeUnit.HOURS, query("unit=hours", q -> unit(q)));
  }

  private static int limit(String raw) {
    return InputTest.<Integer>query(raw, q -> q.integer("limit", 25, 1, 200));
  }

  private static TimeUnit unit(Query query) {
    return query.choice("unit", TimeUnit.DAYS, TimeUnit.class);
  }

  @Test
  void takesEmptyValuesAsTheDefault() {
    String raw = "accountIDs=&cursor=&limit=&unit=";
    assertEquals(List.of(), query(raw, q -> q.strings("accountIDs")));
    assertNull(query(raw, q -> q.string("cursor")));
    assertEquals(25, limit(raw));
    assertEquals(TimeUnit.DAYS, query(raw, q -> unit(q)));
    assertEquals(25, limit(""));
  }

  @Test
  void namesAllFaultsOfAQuery() {
    assertEquals(
        List.of("too_small [query, limit]", "invalid_enum_value [query, unit]"),
        faults(
            () -> query("limit=0&unit=Hours", q -> q.integer("limit", 9, 1, 200) + "" + unit(q))));
    for (String bad : List.of("x", "1.5", "1e2", "+5", "%205", "0x10", "٣")) {
      assertEquals(
          List.of("invalid_type [query, limit]"), faults(() -> limit("limit=" + bad)), bad);
    }
    assertEquals(
        List.of("too_big [query, limit]"), faults(() -> limit("limit=99999999999999999999")));
    assertEquals(List.of("invalid_type [query, limit]"), faults(() -> limit("limit=1&limit=2")));
    assertEquals(
        List.of("custom [query, cursor]", "custom [query]"),
        faults(() -> query("cursor=%ff&%zz=1", q -> q.string("cursor"))));
  }

  @Test
  void readsBodies() {
    String json =
        "{\"t\":\"a\\u00e9\",\"n\":{\"t\":\"b\"},\"b\":false,\"l\":[\"x\",\"y\"],\"?\":1}";
    assertEquals("aé", body(json, b -> b.string("t")));
    assertNull(body(json, b -> b.string("other")));
    assertEquals("false", body(json, b -> "" + b.bool("b", true)));
    assertEquals("true", body(json, b -> "" + b.bool("other", true)));
    assertEquals(List.of("x", "y"), body(json, b -> b.strings("l")));
    assertNull(body(json, b -> b.object("other")));
    assertEquals("b", body(json, b -> inner(b)));
    assertNull(body("", b -> b.string("t")));
    assertEquals("cut \uFFFD", body("{\"t\":\"cut \\ud83d\"}", b -> b.string("t")));
    assertEquals("🙂", body("{\"t\":\"\\ud83d\\ude42\"}", b -> b.string("t")));
  }

  private static String inner(Body body) {
    Body inner = body.object("n");
    return inner == null ? "" : inner.requiredString("t");
  }

  @Test
  void namesAllFaultsOfABody() {
    String json = "{\"t\":null,\"b\":\"true\",\"l\":[\"x\",1,{}],\"n\":{\"t\":\"\"}}";
    assertEquals(
        List.of(
            "invalid_type [body, t]",
            "invalid_type [body, b]",
            "invalid_type [body, l, 1]",
            "invalid_type [body, l, 2]",
            "too_small [body, n, t]"),
        faults(
            () -> body(json, b -> b.string("t") + b.bool("b", false) + b.strings("l") + inner(b))));
    assertEquals(
        List.of("invalid_type [body, t]"), faults(() -> body("", b -> b.requiredString("t"))));
    assertEquals(List.of("invalid_type [body, n]"), faults(() -> body("{\"n\":3}", b -> inner(b))));
    for (String wrong : List.of("[]", "null", "1", "\"x\"", "true")) {
      assertEquals(
          List.of("invalid_type [body]"), faults(() -> body(wrong, b -> b.requiredString("t"))));
    }
  }

  @Test
  void refusesWhatIsNotJson() {
    List<String> malformed =
        List.of(
            "{",
            "{\"t\":\"a",
            "{\"t\":\"a\"",
            "{\"t\":\"a\"}}",
            "{\"t\":\"a\"} {}",
            "{\"t\":\"a\",}",
            "{t:\"a\"}",
            "{'t':'a'}",
            "{\"t\":\"a\",\"t\":\"b\"}",
            "{\"n\":{\"a\":1,\"a\":2}}",
            "{\"t\":01}",
            "{\"t\":NaN}",
            "{\"t\":\"\u0001\"}",
            "{\"t\":\"\\x\"}",
            "// nothing",
            "[".repeat(100_000),
            "{\"t\":".repeat(100_000));
    for (String json : malformed) {
      var thrown =
          assertThrows(
              InvalidRequest.class,
              () -> body(json, b -> b.requiredString("t")),
              () -> json.substring(0, Math.min(40, json.length())));
      assertEquals("custom", thrown.issues().getFirst().code());
      assertEquals("body", thrown.issues().getFirst().path().getFirst());
    }
    byte[] latin = {'{', '"', 't', '"', ':', '"', (byte) 0xe9, '"', '}'};
    assertEquals(List.of("custom [body]"), faults(() -> body(latin, b -> b.string("t"))));
  }

  @Test
  void neverRepeatsWhatWasSent() {
    var thrown =
        assertThrows(
            InvalidRequest.class, () -> body("{\"t\":\"secret\" x", b -> b.requiredString("t")));
    assertFalse(thrown.issues().toString().contains("secret"));
  }

  @Test
  void looksAtABodyOnlyWhenAsked() {
    Supplier<byte[]> body =
        () -> {
          throw new AssertionError("the body was read");
        };
    assertEquals("5", Input.read("cursor=5", body, _ -> {}, in -> in.query().string("cursor")));
  }
}
