package dev.belfry.http;

import static dev.belfry.http.Described.list;
import static dev.belfry.http.Described.object;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.belfry.api.codec.Codec;
import dev.belfry.core.Hub;
import dev.belfry.core.Tokens;
import dev.belfry.core.access.AccessRequest;
import dev.belfry.core.access.PendingRequest;
import dev.belfry.http.Described.Operation;
import dev.belfry.http.Described.Parameter;
import dev.belfry.http.Probes.Probe;
import dev.belfry.http.Wire.Reply;
import dev.belfry.http.events.Feed;
import dev.belfry.http.events.Pace;
import dev.belfry.http.guard.Rates;
import dev.belfry.model.Grant.Scope;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code /v1/spec} says of the sign-in is what the server does, as {@link SpecTest} says it of
 * the rest: what is looked at, what is refused, what is answered. All in one class: each of these
 * begins with the same requests, which are right in every part.
 */
@Tag("hub")
@Timeout(300)
class OAuthSpecTest {
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
  private static final String REDIRECT = "http://127.0.0.1:4711/callback";
  private static final String FOREIGN = "Host: elsewhere.example";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String NONE = "none";

  /** In place of members: the text of a body that has none. */
  private static final String RAW = "";

  /** Browsers, proxies and HTTP itself set them; OpenAPI knows them as what they are. */
  private static final Set<String> OWN_HEADERS =
      Set.of(
          "Content-Type",
          "Authorization",
          "Cookie",
          "Origin",
          "Sec-Fetch-Dest",
          "Sec-Fetch-Site",
          "Sec-Purpose",
          "Forwarded",
          "X-Forwarded-For");

  /** Looked for only to be refused. */
  private static final Set<List<Object>> REFUSED =
      Set.of(List.of("query", "request"), List.of("query", "request_uri"));

  @TempDir Path folder;
  private final Watch watch = new Watch();
  private final TreeSet<String> met = new TreeSet<>();
  private volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private volatile boolean approving = true;
  private Hub hub;
  private WebServer server;
  private Described spec;
  private Thread person;
  private Tokens.NewToken token;

  @BeforeEach
  void open() throws Exception {
    hub = Hub.open(folder, List.of(), () -> now, Hub.Options.NONE);
    var feed = new Feed(hub.events(), hub.changes(), false, Pace.USUAL);
    server =
        new WebServer(
            ServerIdentity.BELFRY,
            Listen.loopback(0, 0),
            Limits.DEFAULT,
            hub.tokens()::authenticate,
            hub.answers(),
            watch.over(ApiRoutes.of(hub, feed, ServerIdentity.BELFRY, false)));
    server.start();
    spec = new Described(exchange("GET", "/v1/spec", "").body());
    token = hub.tokens().create("mine", Set.of(Scope.WRITE), null);
    // Decides at once what programs without a browser ask.
    person = Thread.ofVirtual().start(this::decideForPrograms);
  }

  @AfterEach
  void close() throws InterruptedException {
    person.interrupt();
    person.join();
    server.close();
    hub.close();
  }

  private void decideForPrograms() {
    try {
      while (true) {
        for (PendingRequest each : hub.consents().waiting()) {
          if (each.request().clientId().equals("waits")) {
            hub.consents().decide(each.code(), approving, null);
          }
        }
        Thread.sleep(5);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Reply exchange(String method, String target, String body, String... headers)
      throws IOException {
    now = now.plus(Duration.ofSeconds(10)); // whatever is limited in number
    return Wire.exchange(server.port(), Wire.request(method, target, body, headers));
  }

  private List<Operation> operations() {
    return spec.operations.stream().filter(Operation::isOfSignIn).toList();
  }

  private Operation operation(String id) {
    return operations().stream()
        .filter(each -> id.equals(each.words().get("operationId")))
        .findFirst()
        .orElseThrow();
  }

  /** A new request, with a browser that has shown a token where {@code signedIn}. */
  private record Asked(PendingRequest request, String formKey, String cookie) {}

  private Asked asked(boolean signedIn) {
    now = now.plus(Duration.ofSeconds(10));
    var request =
        new AccessRequest("a program", null, REDIRECT, Set.of(Scope.READ), "s", CHALLENGE, null);
    var asked = hub.consents().ask(request);
    if (!signedIn) {
      return new Asked(asked, asked.formKey(), "Cookie: none=none");
    }
    var signIn = hub.consents().signIn(asked.id(), asked.formKey(), token.secret());
    return new Asked(asked, signIn.formKey(), "Cookie: belfry_consent=" + signIn.cookie());
  }

  private String code() {
    var asked = asked(false).request();
    hub.consents().decide(asked.code(), true, null);
    return String.valueOf(object(codeOf(asked)).get("code"));
  }

  private Map<String, Object> codeOf(PendingRequest asked) {
    return hub.consents().find(asked.id()).orElseThrow().decision()
            instanceof dev.belfry.core.access.Decision.Approved approved
        ? Map.of("code", approved.code())
        : Map.of();
  }

  /** A request that is right, with everything in it that can be. */
  private record Right(
      Map<String, Object> query, Map<String, Object> body, String path, List<String> headers) {
    Right(Map<String, Object> query, Map<String, Object> body, String path, String... headers) {
      this(query, body, path, List.of(headers));
    }
  }

  private Right right(Operation operation) {
    var asked = asked(operation.path().endsWith("/decision"));
    String path = operation.filled(Map.of("request", asked.request().id()));
    String ours = "http://localhost/v1";
    return switch (String.valueOf(operation.words().get("operationId"))) {
      case "registerClient", "registerClientAtRoot" ->
          new Right(
              Map.of(),
              ordered(
                  "client_name",
                  "A program",
                  "redirect_uris",
                  List.of(REDIRECT),
                  "client_uri",
                  "https://example.org",
                  "scope",
                  "read"),
              path);
      case "authorize" ->
          new Right(
              ordered(
                  "client_id",
                  "a program",
                  "redirect_uri",
                  REDIRECT,
                  "response_type",
                  "code",
                  "code_challenge",
                  CHALLENGE,
                  "code_challenge_method",
                  "S256",
                  "response_mode",
                  "query",
                  "scope",
                  "read write",
                  "state",
                  "s",
                  "resource",
                  ours),
              Map.of(),
              path);
      case "signInAtConsent" ->
          new Right(Map.of(), ordered("form_key", asked.formKey(), "token", token.secret()), path);
      case "decideConsent" ->
          new Right(
              Map.of(),
              ordered("form_key", asked.formKey(), "decision", "approve"),
              path,
              asked.cookie());
      case "authorizeHere" ->
          new Right(
              Map.of(),
              ordered(
                  "clientInfo",
                  ordered("clientID", "waits"),
                  "codeChallenge",
                  CHALLENGE,
                  "codeChallengeMethod",
                  "S256",
                  "redirectUri",
                  REDIRECT,
                  "scopes",
                  List.of("read", "write"),
                  "scope",
                  "read",
                  "state",
                  "s",
                  "resource",
                  ours),
              path);
      case "getToken" ->
          new Right(
              Map.of(),
              ordered(
                  "grant_type",
                  "authorization_code",
                  "code",
                  code(),
                  "code_verifier",
                  VERIFIER,
                  "client_id",
                  "a program",
                  "redirect_uri",
                  REDIRECT,
                  "resource",
                  ours),
              path);
      case "introspectToken" -> new Right(Map.of(), ordered("token", token.secret()), path);
      case "revokeToken" -> new Right(Map.of(), ordered("token", "belfry_unknown"), path);
      case "getUserInfo" ->
          new Right(Map.of(), Map.of(), path, "Authorization: Bearer " + token.secret());
      default -> new Right(Map.of(), Map.of(), path);
    };
  }

  private static Map<String, Object> ordered(Object... pairs) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i].toString(), pairs[i + 1]);
    }
    return map;
  }

  private static String encoded(Map<String, Object> values) {
    var pairs = new ArrayList<String>();
    values.forEach(
        (name, value) -> pairs.add(name + "=" + URLEncoder.encode(String.valueOf(value), UTF_8)));
    return String.join("&", pairs);
  }

  private Reply ask(Operation operation, Right right) throws IOException {
    return ask(operation, right, "");
  }

  private Reply ask(Operation operation, Right right, String more) throws IOException {
    String query = encoded(right.query()) + more;
    String body = right.body().isEmpty() ? "" : Codec.toText(right.body());
    if (right.body().get(RAW) instanceof String raw) {
      body = raw;
    }
    var headers = new ArrayList<>(right.headers());
    if (!body.isEmpty()) {
      headers.add("Content-Type: application/json");
    }
    String target = right.path() + (query.isEmpty() ? "" : "?" + query);
    return exchange(operation.method(), target, body, headers.toArray(String[]::new));
  }

  @Test
  void looksAtWhatIsDescribedAndAtNothingElse() throws IOException {
    var probes = new Probes(spec);
    for (Operation operation : operations()) {
      Reply reply = ask(operation, right(operation));
      assertEquals(true, reply.status() < 400, () -> operation + ": " + reply);
      var described = new HashSet<>(probes.places(operation));
      operation.parameters().stream()
          .filter(p -> p.place().equals("query"))
          .forEach(p -> described.add(List.of("query", p.name())));
      var looked = watch.of(operation);
      looked.removeIf(place ->
          place.getFirst().equals("params")
              || (place.getFirst().equals("header") && OWN_HEADERS.contains(place.getLast()))
              || REFUSED.contains(place));
      assertEquals(described, looked, operation::toString);
    }
  }

  @Test
  void refusesWhatIsDescribedAsWrongAndNamesIt() throws IOException {
    var accepted = new ArrayList<String>();
    int tried = 0;
    try (var file = new StoreFile(folder)) {
      var before = file.content();
      for (Operation operation : operations()) {
        tried += refused(operation, accepted);
        assertEquals(before, file.content(), () -> "something changed by " + operation);
      }
    }
    assertEquals(List.of(), accepted);
    assertEquals(true, tried > 150, "tried " + tried);
  }

  private int refused(Operation operation, List<String> accepted) throws IOException {
    int tried = 0;
    for (Probe probe : new Probes(spec).wrong(operation)) {
      Right right = right(operation);
      Reply reply = ask(operation, with(right, probe), queryOf(probe));
      if (!isRefused(reply, name(probe))) {
        accepted.add(probe + " at " + probe.place() + ": " + reply);
      }
      tried++;
    }
    return tried;
  }

  /** The innermost member that is wrong. */
  private static String name(Probe probe) {
    return probe.place().reversed().stream()
        .filter(String.class::isInstance)
        .findFirst()
        .orElseThrow()
        .toString();
  }

  private static String queryOf(Probe probe) {
    return probe.query().isEmpty() ? "" : "&" + probe.query().substring(1);
  }

  /** The request with the probe's value in its place; without the member where it has none. */
  private static Right with(Right right, Probe probe) {
    var query = new LinkedHashMap<>(right.query());
    Object body = right.body();
    if (probe.place().getFirst().equals("query")) {
      query.remove(probe.place().getLast().toString());
    } else {
      var place = probe.place().subList(1, probe.place().size());
      body = put(right.body(), Codec.tree(probe.body().getBytes(UTF_8)), place);
    }
    return body instanceof Map<?, ?>
        ? new Right(query, object(body), right.path(), right.headers())
        : new Right(query, Map.of(RAW, Codec.toText(body)), right.path(), right.headers());
  }

  private static @Nullable Object put(
      @Nullable Object into, @Nullable Object probe, List<Object> place) {
    if (place.isEmpty() || place.getFirst() instanceof Integer) {
      return probe;
    }
    var copy = new LinkedHashMap<String, @Nullable Object>(object(into));
    String key = place.getFirst().toString();
    if (object(probe).containsKey(key)) {
      copy.put(key, put(copy.get(key), object(probe).get(key), place.subList(1, place.size())));
    } else {
      copy.remove(key);
    }
    return copy;
  }

  private static boolean isRefused(Reply reply, String name) {
    String said =
        reply.status() == 303
            ? URLDecoder.decode(reply.header("location"), UTF_8).replaceAll("[?&]state=[^&]*", "")
            : reply.text();
    boolean told = reply.status() == 400 || (reply.status() == 303 && said.contains("error="));
    return told && plain(said).contains(plain(name));
  }

  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replace("_", "");
  }

  /** Every status that is described is met, every status that is met is described. */
  @Test
  void answersAsDescribed() throws IOException {
    for (Operation operation : operations()) {
      Right right = right(operation);
      boolean isRedirect = operation.responses().containsKey("303");
      int done = operation.responses().containsKey("201") ? 201 : 200;
      int expected = isRedirect && !operation.responses().containsKey("200") ? 303 : done;
      check(operation, expected, ask(operation, right));
      if (!right.body().isEmpty()) {
        byte[] body = Codec.toBytes(right.body());
        assertEquals(List.of(), spec.faults(operation.body(), body), operation::toString);
        check(operation, 400, exchange("POST", right.path(), "{", "Content-Type: text/plain"));
      }
      check(operation, 403, exchange(operation.method(), right.path(), "", FOREIGN));
      if (operation.path().contains("{")) {
        String nowhere = operation.filled(Map.of("request", NONE));
        check(operation, 404, exchange(operation.method(), nowhere, ""));
      }
      if (operation.isForm()) {
        form(operation, expected);
      }
    }
    others();
    var described = new TreeSet<String>();
    for (Operation operation : operations()) {
      operation.responses().keySet().stream()
          .filter(status -> !status.equals("default"))
          .forEach(status -> described.add(operation + " " + status));
    }
    assertEquals(described, met, "described; met");
  }

  /** The same as a form. */
  private void form(Operation operation, int expected) throws IOException {
    Right right = right(operation);
    var headers = new ArrayList<>(right.headers());
    headers.add("Content-Type: " + FORM);
    String body = encoded(right.body());
    check(
        operation, expected, exchange("POST", right.path(), body, headers.toArray(String[]::new)));
  }

  private void others() throws IOException {
    Operation authorize = operation("authorize");
    check(authorize, 400, exchange("GET", authorize.path(), ""));
    var query = new LinkedHashMap<>(right(authorize).query());
    query.put("response_type", "token");
    check(authorize, 303, exchange("GET", authorize.path() + "?" + encoded(query), ""));

    Operation consent = operation("getConsent");
    var decided = asked(false).request();
    hub.consents().decide(decided.code(), true, null);
    String page = consent.filled(Map.of("request", decided.id()));
    check(consent, 303, exchange("GET", page, ""));

    Operation signIn = operation("signInAtConsent");
    Right wrong = right(signIn);
    wrong.body().put("token", "belfry_wrong");
    check(signIn, 403, ask(signIn, wrong));
    Operation decide = operation("decideConsent");
    Right stolen = right(decide);
    check(decide, 403, ask(decide, new Right(Map.of(), stolen.body(), stolen.path())));

    Operation callback = operation("authorizeHere");
    approving = false;
    check(callback, 200, ask(callback, right(callback)));

    Operation introspect = operation("introspectToken");
    for (String shown : List.of("belfry_unknown", tokenByConsent())) {
      check(
          introspect,
          200,
          ask(introspect, new Right(Map.of(), ordered("token", shown), introspect.path())));
    }
    Operation userinfo = operation("getUserInfo");
    check(userinfo, 401, exchange("GET", userinfo.path(), ""));
    String bearer = "Authorization: Bearer " + tokenByConsent();
    check(userinfo, 200, exchange("GET", userinfo.path(), "", bearer));

    tooManyWrong();

    var flooded =
        List.of(
            authorize, callback, operation("registerClient"), operation("registerClientAtRoot"));
    var rights = flooded.stream().map(this::right).toList();
    for (int i = 0; i < flooded.size(); i++) {
      flood(flooded.get(i), rights.get(i));
    }
  }

  /** At a server like this one, but that takes no more than one wrong token a second. */
  private void tooManyWrong() throws IOException {
    var patient = server;
    var limits = Limits.DEFAULT.with(100, new Rates(0, 0, 1, 1));
    var hasty =
        new WebServer(
            ServerIdentity.BELFRY,
            Listen.loopback(0, 0),
            limits,
            hub.tokens()::authenticate,
            hub.answers(),
            server.routes());
    try {
      hasty.start();
      server = hasty;
      for (String id :
          List.of("introspectToken", "revokeToken", "getUserInfo", "getToken", "signInAtConsent")) {
        Operation operation = operation(id);
        Right wrong = right(operation);
        var body = new LinkedHashMap<>(wrong.body());
        List.of("token", "code").forEach(name -> body.replace(name, "wrong"));
        flood(operation, new Right(Map.of(), body, wrong.path(), "Authorization: Bearer wrong"));
      }
    } finally {
      server = patient;
      hasty.close();
    }
  }

  private String tokenByConsent() throws IOException {
    Operation exchange = operation("getToken");
    Reply reply = ask(exchange, right(exchange));
    return String.valueOf(object(Codec.tree(reply.body())).get("access_token"));
  }

  /** Asks without pause until it is too much. */
  private void flood(Operation operation, Right right) throws IOException {
    for (int i = 0; i < 100; i++) {
      now = now.minus(Duration.ofSeconds(10));
      Reply reply = ask(operation, right);
      if (reply.status() == 429) {
        assertNotNull(reply.headers().get("retry-after"));
        check(operation, 429, reply);
        return;
      }
    }
    throw new AssertionError("never too much: " + operation);
  }

  private void check(Operation operation, int status, Reply reply) {
    assertEquals(status, reply.status(), () -> operation + ": " + reply.text());
    assertEquals(
        List.of(),
        spec.faults(operation, status, reply.header("content-type"), reply.body()),
        () -> operation + ": " + reply.text());
    met.add(operation + " " + status);
  }

  /** What is answered beyond bodies. */
  @Test
  void headersAreAsDescribed() throws IOException {
    for (Operation operation : operations()) {
      Reply reply = ask(operation, right(operation));
      var headers =
          object(
              operation
                  .responses()
                  .getOrDefault(Integer.toString(reply.status()), Map.of())
                  .get("headers"));
      headers.forEach(
          (name, _) -> assertNotNull(reply.headers().get(name.toLowerCase(Locale.ROOT)), name));
    }
    Operation server = operation("getAuthorizationServer");
    for (Operation same : operations()) {
      if (same.path().startsWith(server.path())) {
        assertEquals("*", exchange("GET", same.path(), "").header("access-control-allow-origin"));
      }
    }
    assertEquals(true, list(server.parameters()).isEmpty());
    assertEquals(List.of(), server.parameters().stream().map(Parameter::name).toList());
  }
}
