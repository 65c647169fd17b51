package dev.belfry.sdk;

import dev.belfry.api.FocusResponse;
import dev.belfry.api.SearchResponse;
import dev.belfry.api.request.FocusParams;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client of one server: Belfry or Beeper Desktop.
 *
 * <pre>{@code
 * try (Belfry client = Belfry.connect(URI.create("http://localhost:23373"), token)) {
 *   for (ChatListItem item : client.chats().list()) {
 *     System.out.println(item.chat().title());
 *   }
 * }
 * }</pre>
 *
 * <p>Every call blocks until the answer is there, and may be made from any thread. Whatever goes
 * wrong is a {@link BelfryException}. A call is repeated up to {@link Builder#maxRetries} times
 * after a connection fault, a 408, 409, 429 or 5xx, unless the server says otherwise ({@code
 * x-should-retry}, {@code Retry-After}).
 */
public final class Belfry implements AutoCloseable {
  /** Version of this client, as sent in {@code User-Agent}. */
  public static final String VERSION = "0.1.0";

  /** Where a server listens if nothing else is said. */
  public static final URI DEFAULT_BASE_URL = URI.create("http://localhost:23373");

  private final Http http;

  private Belfry(Http http) {
    this.http = http;
  }

  /** A client with default settings. Nothing is sent before the first call. */
  public static Belfry connect(URI baseUrl, String token) {
    return builder().baseUrl(baseUrl).token(token).build();
  }

  /**
   * Settings of a new client, which begin with the environment: {@code BEEPER_BASE_URL} and {@code
   * BEEPER_ACCESS_TOKEN}.
   */
  public static Builder builder() {
    return new Builder(System.getenv());
  }

  /** What the server says of itself. */
  public ServerInfo info() {
    return new ServerInfo(http);
  }

  /** State of the sign-in. */
  public App app() {
    return new App(http);
  }

  /** The logins on networks. */
  public Accounts accounts() {
    return new Accounts(http);
  }

  /** The chats. */
  public Chats chats() {
    return new Chats(http);
  }

  /** The messages of chats. */
  public Messages messages() {
    return new Messages(http);
  }

  /** What happened, and what happens. */
  public Events events() {
    return new Events(http);
  }

  /** The files. */
  public Assets assets() {
    return new Assets(http);
  }

  /**
   * Finds chats by title, groups by participant, and messages, all at once (contract: endpoints,
   * {@code GET /v1/search}).
   */
  public SearchResponse search(String query) {
    return http.get("v1", "search").query("query", query).as(SearchResponse.class);
  }

  /**
   * Asks the server to show something (contract: endpoints, {@code POST /v1/focus}). One without a
   * window keeps the draft and answers that nothing was shown.
   */
  public FocusResponse focus(FocusParams params) {
    return http.post("v1", "focus").body(params).as(FocusResponse.class);
  }

  /**
   * Ends the client at once. Calls after this, and those that wait for their answers, fail with
   * {@link IllegalStateException}; a file that is being read, with an {@link java.io.IOException}.
   */
  @Override
  public void close() {
    http.close();
  }

  /** The address; never the token. */
  @Override
  public String toString() {
    return "Belfry[" + http.base() + "]";
  }

  /** Settings of a new client. */
  public static final class Builder {
    private URI baseUrl;
    private @Nullable String token;
    private Duration timeout = Duration.ofSeconds(30);
    private int maxRetries = 2;
    private Http.Pause pause = duration -> Thread.sleep(duration.toMillis());

    Builder(Map<String, String> environment) {
      String base = environment.getOrDefault("BEEPER_BASE_URL", "");
      baseUrl = base.isBlank() ? DEFAULT_BASE_URL : URI.create(base.strip());
      String given = environment.getOrDefault("BEEPER_ACCESS_TOKEN", "");
      token = given.isBlank() ? null : given.strip();
    }

    /** Address of the server, with or without a path before {@code /v1}. */
    public Builder baseUrl(URI baseUrl) {
      this.baseUrl = baseUrl;
      return this;
    }

    /** The access token; null for a client that can ask for {@link Belfry#info} only. */
    public Builder token(@Nullable String token) {
      this.token = token;
      return this;
    }

    /** How long one try may take, from connecting to the last byte; 30 seconds if not set. */
    public Builder timeout(Duration timeout) {
      if (timeout.isZero() || timeout.isNegative()) {
        throw new IllegalArgumentException("The timeout must be longer than nothing");
      }
      this.timeout = timeout;
      return this;
    }

    /** How often a failed call is repeated, 0 for never; 2 if not set. */
    public Builder maxRetries(int maxRetries) {
      if (maxRetries < 0) throw new IllegalArgumentException("Retries cannot be negative");
      this.maxRetries = maxRetries;
      return this;
    }

    /** How to wait between tries; for tests. */
    Builder pause(Http.Pause pause) {
      this.pause = pause;
      return this;
    }

    /**
     * The client. Nothing is sent before the first call.
     *
     * @throws IllegalArgumentException if the address is not a plain http or https one
     */
    public Belfry build() {
      return new Belfry(new Http(baseUrl, token, timeout, maxRetries, pause));
    }
  }
}
