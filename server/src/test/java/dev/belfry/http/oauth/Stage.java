package dev.belfry.http.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belfry.api.codec.Codec;
import dev.belfry.core.Hub;
import dev.belfry.http.Limits;
import dev.belfry.http.Listen;
import dev.belfry.http.ServerIdentity;
import dev.belfry.http.WebServer;
import dev.belfry.http.WebSettings;
import dev.belfry.http.guard.Rates;
import dev.belfry.http.guard.Reach;
import dev.belfry.model.Grant.Scope;
import dev.belfry.sandbox.SandboxConnector;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server, a person and a program: all that a sign-in takes, except for a browser's window. */
final class Stage implements AutoCloseable {
  static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  static final String REDIRECT = "http://127.0.0.1:4711/callback";

  final Hub hub;
  final String base;
  private final WebServer server;
  private final HttpClient http = HttpClient.newHttpClient();
  private volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");

  Stage(Path folder) throws IOException {
    this(folder, new Hub.Options("a-token-of-the-environment"));
  }

  Stage(Path folder, Hub.Options options) throws IOException {
    this(folder, options, Rates.DEFAULT);
  }

  Stage(Path folder, Hub.Options options, Rates rates) throws IOException {
    this(folder, options, rates, Listen.loopback(0, 0));
  }

  Stage(Path folder, Hub.Options options, Rates rates, Listen listen) throws IOException {
    hub = Hub.open(folder, List.of(new SandboxConnector(() -> now)), () -> now, options);
    var limits = Limits.DEFAULT.with(100, rates);
    server =
        WebServer.of(
            hub, ServerIdentity.BELFRY, new WebSettings(listen, limits, Reach.LOCAL, null));
    base = "http://127.0.0.1:" + server.start();
  }

  /** Time passes. */
  void pass(Duration time) {
    now = now.plus(time);
  }

  String handMade(Scope... scopes) {
    return hub.tokens().create("mine", Set.of(scopes), null).secret();
  }

  HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(at(path)).GET(), headers);
  }

  HttpResponse<String> post(String path, String type, String body, String... headers)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(at(path)).POST(BodyPublishers.ofString(body));
    return send(request.header("Content-Type", type), headers);
  }

  HttpResponse<String> postForm(String path, Map<String, String> form, String... headers)
      throws IOException, InterruptedException {
    return post(path, "application/x-www-form-urlencoded", encode(form), headers);
  }

  HttpResponse<String> postJson(String path, Object body, String... headers)
      throws IOException, InterruptedException {
    return post(path, "application/json", Codec.toText(body), headers);
  }

  HttpResponse<String> send(HttpRequest.Builder request, String... headers)
      throws IOException, InterruptedException {
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  URI at(String path) {
    return URI.create(path.startsWith("http") ? path : base + path);
  }

  static Map<?, ?> json(HttpResponse<String> response) {
    if (Codec.tree(response.body().getBytes(UTF_8)) instanceof Map<?, ?> object) {
      return object;
    }
    throw new AssertionError("no object: " + response.body());
  }

  /** A text of an answer, which must be there. */
  static String text(Map<?, ?> answer, String name) {
    if (answer.get(name) instanceof String text) {
      return text;
    }
    throw new AssertionError("no " + name + " in " + answer);
  }

  static String error(HttpResponse<String> response) {
    return String.valueOf(json(response).get("error"));
  }

  static String encode(Map<String, String> form) {
    var pairs = new ArrayList<String>();
    form.forEach((name, value) ->
        pairs.add(URLEncoder.encode(name, UTF_8) + "=" + URLEncoder.encode(value, UTF_8)));
    return String.join("&", pairs);
  }

  /** The parameters that a redirect carries. */
  static Map<String, String> query(String location) {
    var values = new LinkedHashMap<String, String>();
    int start = location.indexOf('?');
    if (start < 0) {
      return values;
    }
    Arrays.stream(location.substring(start + 1).split("&", -1))
        .map(pair -> pair.split("=", 2))
        .forEach(pair -> values.put(pair[0], URLDecoder.decode(pair[1], UTF_8)));
    return values;
  }

  /** PKCE, worked out apart from the server's own code. */
  static String challenge(String verifier) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Registers a program. */
  String register(String name, String... redirects) throws IOException, InterruptedException {
    var answer =
        postJson(
            "/oauth/register", Map.of("client_name", name, "redirect_uris", List.of(redirects)));
    if (answer.statusCode() != 201) {
      throw new AssertionError(answer.body());
    }
    return text(json(answer), "client_id");
  }

  /** What a program asks with. */
  static Map<String, String> asking(String client, String redirect) {
    var query = new LinkedHashMap<String, String>();
    query.put("client_id", client);
    query.put("redirect_uri", redirect);
    query.put("response_type", "code");
    query.put("scope", "read write");
    query.put("state", "s t/a&t=e");
    query.put("code_challenge", challenge(VERIFIER));
    query.put("code_challenge_method", "S256");
    return query;
  }

  HttpResponse<String> authorize(Map<String, String> query, String... headers)
      throws IOException, InterruptedException {
    return get("/oauth/authorize?" + encode(query), headers);
  }

  /** What is between two pieces of a page. */
  static String between(String page, String before, String after) {
    Matcher matcher =
        Pattern.compile(Pattern.quote(before) + "(.*?)" + Pattern.quote(after), Pattern.DOTALL)
            .matcher(page);
    if (!matcher.find()) {
      throw new AssertionError("no " + before + " in " + page);
    }
    return matcher.group(1);
  }

  /** The code that a page shows to the person. */
  static String shownCode(HttpResponse<String> page) {
    return between(page.body(), "<b id=\"code\">", "</b>");
  }

  /** Where a page looks for the decision. */
  static String address(HttpResponse<String> page) {
    return between(page.body(), "href=\"", "/sign-in\"");
  }

  /** The form key of the form with a button. */
  static String formKey(HttpResponse<String> page, String button) {
    return between(
        page.body()
            .replaceAll("(?s).*(name=\"form_key\"[^<]*<[^<]*value=\"" + button + "\")", "$1"),
        "value=\"",
        "\"");
  }

  /** From the question to the address that the browser is sent to, with the person's yes. */
  String allowed(Map<String, String> query) throws IOException, InterruptedException {
    var page = authorize(query);
    hub.consents().decide(shownCode(page), true, null);
    return location(get(address(page)));
  }

  static String location(HttpResponse<String> response) {
    if (response.statusCode() != 303) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return response.headers().firstValue("Location").orElseThrow();
  }

  /** What a program sends to get its token. */
  static Map<String, String> exchange(String code, String client, String redirect) {
    var form = new LinkedHashMap<String, String>();
    form.put("grant_type", "authorization_code");
    form.put("client_id", client);
    form.put("code", code);
    form.put("code_verifier", VERIFIER);
    form.put("redirect_uri", redirect);
    return form;
  }

  /** The whole way of a registered program. */
  String token(String client, String redirect) throws IOException, InterruptedException {
    String code = text(query(allowed(asking(client, redirect))), "code");
    var answer = postForm("/oauth/token", exchange(code, client, redirect));
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.body());
    }
    return text(json(answer), "access_token");
  }

  int statusWith(String token) throws IOException, InterruptedException {
    return get("/v1/accounts", "Authorization", "Bearer " + token).statusCode();
  }

  @Override
  public void close() {
    http.shutdownNow();
    server.close();
    hub.close();
  }
}
