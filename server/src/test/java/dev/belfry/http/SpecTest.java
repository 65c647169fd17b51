package dev.belfry.http;

import static dev.belfry.http.Described.list;
import static dev.belfry.http.Described.object;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.belfry.api.codec.Codec;
import dev.belfry.http.Described.Operation;
import dev.belfry.http.Described.Parameter;
import dev.belfry.http.Probes.Probe;
import dev.belfry.http.Wire.Reply;
import dev.belfry.http.events.Feed;
import dev.belfry.http.events.Pace;
import dev.belfry.http.spec.SpecDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code /v1/spec} says is what the server does, and all that it does: its routes, what they
 * take, which values they refuse, what they answer.
 */
@Tag("hub")
@Timeout(300)
class SpecTest {
  private static final Pattern PENDING = Pattern.compile("\"pendingMessageID\":\"(\\w+)\"");

  private static final Pattern FILE = Pattern.compile("\"srcURL\":\"(file:[^\"]+)\"");

  @TempDir Path folder;
  private final Watch watch = new Watch();
  private TestHub hub;
  private WebServer watched;
  private List<Route> routes = List.of();
  private Described spec;

  @BeforeEach
  void open() throws Exception {
    hub = new TestHub(folder);
    hub.connect();
    var feed = new Feed(hub.hub.events(), hub.hub.changes(), false, Pace.USUAL);
    routes = ApiRoutes.of(hub.hub, feed, ServerIdentity.BELFRY, false);
    watched =
        new WebServer(
            ServerIdentity.BELFRY,
            Listen.loopback(0, 0),
            Limits.DEFAULT,
            hub.hub.tokens()::authenticate,
            hub.hub.answers(),
            watch.over(routes));
    watched.start();
    Reply described = hub.get("/v1/spec");
    assertEquals(200, described.status(), described.text());
    spec = new Described(described.body());
  }

  @AfterEach
  void close() {
    watched.close();
    hub.close();
  }

  private Reply ask(String method, String target, String body, String... headers)
      throws IOException {
    return Wire.exchange(watched.port(), Wire.request(method, target, body, headers));
  }

  private Reply ask(Operation operation, String query, String body) throws IOException {
    String target = SpecExamples.target(operation) + query;
    return ask(operation.method(), target, body, hub.writersHeader());
  }

  @Test
  void everyRouteIsDescribedAndNothingElse() {
    var there = new TreeSet<String>();
    routes.stream()
        .filter(route -> !route.method().equals("OPTIONS")) // as browsers ask everywhere
        .forEach(route -> there.add(route.method() + " " + route.path()));
    var described = new TreeSet<String>();
    spec.operations.forEach(operation -> described.add(operation.toString()));
    assertEquals(there, described);
    var words = new TreeSet<String>();
    SpecDocument.described()
        .forEach(of -> {
          int space = of.indexOf(' ');
          words.add(of.substring(0, space).toUpperCase(Locale.ROOT) + of.substring(space));
        });
    assertEquals(there, words, "words for what is no endpoint");
  }

  @Test
  void theDocumentHoldsTogether() {
    assertEquals("3.1.0", spec.document.get("openapi"));
    var ids = new HashSet<Object>();
    for (Operation operation : spec.operations) {
      assertTrue(ids.add(operation.words().get("operationId")), operation::toString);
      assertFalse(String.valueOf(operation.words().get("summary")).isEmpty());
      var inPath =
          Pattern.compile("\\{(\\w+)}")
              .matcher(operation.path())
              .results()
              .map(r -> r.group(1))
              .toList();
      assertEquals(
          inPath,
          operation.parameters().stream()
              .filter(p -> p.place().equals("path"))
              .map(Parameter::name)
              .toList());
    }
    String text = Codec.toText(spec.document);
    var used = new TreeSet<String>();
    Pattern.compile("\"#/components/schemas/([^\"]+)\"")
        .matcher(text)
        .results()
        .forEach(found -> used.add(found.group(1)));
    assertEquals(new TreeSet<>(spec.schemas().keySet()), used, "schemas there, and those used");
  }

  @Test
  void schemasAreSchemas() {
    var schemas =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
    spec.schemas()
        .forEach((name, schema) ->
            assertEquals(
                List.of(), schemas.validate(Codec.toText(schema), InputFormat.JSON), name));
  }

  /** A schema and the record of the same name have the same members. */
  @Test
  void schemasAreTheRecords() {
    assertEquals(List.of(), SpecRecords.differences(spec));
  }

  @Test
  void looksAtWhatIsDescribedAndAtNothingElse() throws IOException {
    var probes = new Probes(spec);
    for (Operation operation : spec.operationsOfApi()) {
      if (!SpecExamples.takesOtherThanJson(operation)) {
        for (String body : probes.full(operation)) {
          ask(operation, "", body);
        }
        var described = new LinkedHashSet<>(probes.places(operation));
        operation.parameters().stream()
            .filter(p -> p.place().equals("query"))
            .forEach(p -> described.add(List.of(p.place(), p.name())));
        var headers = new HashSet<List<Object>>();
        operation.parameters().forEach(p -> headers.add(List.of(p.place(), p.name())));
        var looked = watch.of(operation);
        looked.removeIf(place -> place.getFirst().equals("header") && headers.contains(place));
        assertEquals(sorted(described), sorted(looked), operation.toString());
      }
    }
  }

  private static String sorted(Set<List<Object>> places) {
    return String.join(
        "\n",
        places.stream()
            .filter(place -> !place.getFirst().equals("params"))
            .map(List::toString)
            .sorted()
            .toList());
  }

  @Test
  void refusesWhatIsDescribedAsWrong() throws IOException {
    var accepted = new ArrayList<String>();
    for (Operation operation : spec.operationsOfApi()) {
      for (Probe probe : new Probes(spec).wrong(operation)) {
        if (SpecExamples.contexts(probe).stream().noneMatch(this::isRefused)) {
          accepted.add(probe + " at " + probe.place());
        }
      }
    }
    assertEquals(List.of(), accepted);
  }

  private boolean isRefused(Probe probe) {
    try {
      Reply reply = ask(probe.operation(), probe.query(), probe.body());
      var details = object(object(Codec.tree(reply.body())).get("details"));
      return reply.status() == 400
          && list(details.get("issues")).stream()
              .map(issue -> list(object(issue).get("path")).toString())
              .anyMatch(probe.place().toString()::equals);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Bounds are in, and so is every value that is listed. */
  @Test
  void takesWhatIsDescribedAsRight() throws IOException {
    for (Operation operation : spec.operationsOfApi()) {
      for (Parameter parameter : operation.parameters()) {
        if (parameter.place().equals("query")) {
          for (Object value : rightValues(parameter.schema())) {
            Reply reply = ask(operation, "?" + parameter.name() + "=" + value, "");
            String wrong = "[\"query\",\"" + parameter.name() + "\"]";
            assertFalse(reply.text().contains(wrong), () -> operation + " " + value + reply.text());
          }
        }
      }
    }
  }

  private static List<Object> rightValues(Map<String, Object> schema) {
    var one = schema.containsKey("items") ? object(schema.get("items")) : schema;
    var values = new ArrayList<>(list(one.get("enum")));
    for (String key : List.of("minimum", "maximum", "default")) {
      if (one.containsKey(key)) {
        values.add(one.get(key));
      }
    }
    if ("date-time".equals(one.get("format"))) {
      values.addAll(List.of("2026-03-01T12:00:00Z", "2026-03-01T12:00:00.123%2B05:30"));
    }
    return values;
  }

  /** Every status that is described is met, every status that is met is described. */
  @Test
  void answersAsDescribed() throws IOException {
    var met = new TreeSet<String>();
    String pending = "";
    String file = "";
    for (var example : SpecExamples.ALL) {
      String target = example.target().replace("PENDING", pending).replace("FILE", file);
      Reply reply = ask(example.method(), target, example.body(), example.headers(hub));
      var operation = spec.find(example.method(), example.target()).orElseThrow();
      check(operation, reply, example.status(), met);
      pending = last(PENDING, reply, pending);
      file = last(FILE, reply, file);
      byte[] body = example.body().getBytes(UTF_8);
      if (reply.status() < 300 && body.length > 0 && !operation.body().isEmpty()) {
        assertEquals(List.of(), spec.faults(operation.body(), body), example.body());
      }
    }
    for (Operation operation : spec.operationsOfApi()) {
      refusals(operation, met);
    }
    var described = new TreeSet<String>();
    for (Operation operation : spec.operationsOfApi()) {
      for (String status : operation.responses().keySet()) {
        if (!status.equals("default")) {
          described.add(operation + " " + status);
        }
      }
    }
    var never = new TreeSet<>(described);
    never.removeAll(met);
    assertEquals(Set.of(), never, "described, and never met");
    met.removeAll(described);
    assertEquals(Set.of(), met, "met, and not described");
  }

  /** What an earlier answer told, for requests that go on from there. */
  private static String last(Pattern pattern, Reply reply, String before) {
    return pattern.matcher(reply.text()).results().map(r -> r.group(1)).findFirst().orElse(before);
  }

  /** What happens to everybody alike. */
  private void refusals(Operation operation, Set<String> met) throws IOException {
    String target = SpecExamples.target(operation);
    String foreign = "Origin: https://elsewhere.example";
    Reply reply = ask(operation.method(), target, "", hub.writersHeader(), foreign);
    check(operation, reply, 403, met);
    if (!operation.isPublic()) {
      check(operation, ask(operation.method(), target, ""), 401, met);
    }
    if (operation.isWriting()) {
      check(operation, ask(operation.method(), target, "", hub.readersHeader()), 403, met);
    }
    if (operation.parameters().stream().anyMatch(p -> p.name().equals("Idempotency-Key"))) {
      keyOfAnother(operation, met);
    }
    if (operation.responses().containsKey("400") && !met.contains(operation + " 400")) {
      String broken = operation.path().replaceAll("\\{\\w+}", "%ff");
      Reply invalid =
          broken.equals(operation.path())
              ? ask(operation.method(), target + "?%ff", "{", hub.writersHeader())
              : ask(operation.method(), broken, "", hub.writersHeader());
      check(operation, invalid, 400, met);
    }
  }

  private void keyOfAnother(Operation operation, Set<String> met) throws IOException {
    String target = SpecExamples.target(operation);
    String key = "Idempotency-Key: of " + operation.words().get("operationId");
    ask(operation.method(), target, "", hub.writersHeader(), key);
    Reply reply = ask(operation.method(), target + "?other=1", "", hub.writersHeader(), key);
    check(operation, reply, 422, met);
  }

  private void check(Operation operation, Reply reply, int status, Set<String> met) {
    assertEquals(status, reply.status(), () -> operation + ": " + reply.text());
    assertEquals(
        List.of(),
        spec.faults(operation, status, reply.header("content-type"), reply.body()),
        () -> operation + ": " + reply.text());
    met.add(operation + " " + status);
  }

  @Test
  void isAnsweredFromMemory() throws IOException {
    for (String path : List.of("/v1/spec", "/docs")) {
      Reply first = Wire.exchange(hub.port, Wire.request("GET", path, ""));
      assertEquals(200, first.status(), first.text());
      String tag = "If-None-Match: " + first.header("etag");
      Reply again = Wire.exchange(hub.port, Wire.request("GET", path, "", tag));
      assertEquals(304, again.status());
      assertEquals("", again.text());
      Reply other = Wire.exchange(hub.port, Wire.request("GET", path, "", "If-None-Match: \"x\""));
      assertEquals(first.text(), other.text());
      assertTrue(other.header("content-security-policy").contains("default-src 'none'"));
    }
  }

  @Test
  void thePageHasEveryEndpointAndLoadsNothing() throws IOException {
    String page = hub.get("/docs").text();
    for (Operation operation : spec.operations) {
      assertTrue(page.contains("id=\"" + operation.words().get("operationId") + "\""));
    }
    for (String name : spec.schemas().keySet()) {
      assertTrue(page.contains("id=\"" + name + "\""), name);
    }
    assertFalse(page.contains("<script"));
    assertFalse(page.contains("src="));
    assertFalse(page.contains("url("));
    Pattern.compile("href=\"([^\"]*)\"")
        .matcher(page)
        .results()
        .map(found -> found.group(1))
        .forEach(link ->
            assertTrue(
                link.equals("/v1/spec") || page.contains("id=\"" + link.substring(1) + "\""),
                link));
  }
}
