package dev.belfry.core.access;

import dev.belfry.model.Client;
import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.store.Database;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The programs that registered themselves. Anybody who reaches the server may do so, and it gives
 * them nothing but a name; so there is a limit to how many are kept and how fast they come. Safe
 * for use by any thread.
 */
public final class Clients {
  private static final int KEPT = 1000;
  private static final int AT_ONCE = 30;
  private static final Duration EACH = Duration.ofSeconds(2);
  private static final int LONGEST_NAME = 80;
  private static final int MOST_URIS = 20;

  /** Line ends and the like, and what makes a terminal or a browser show another order. */
  private static final Pattern UNSEEN =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\p{Zl}\\p{Zp}]+");

  private final Database database;
  private final Allowance registrations = new Allowance(AT_ONCE, EACH);

  public Clients(Database database) {
    this.database = database;
  }

  /**
   * Registers a program.
   *
   * @throws HubException with the code {@code invalid_redirect_uri}, {@code
   *     invalid_client_metadata} or {@code temporarily_unavailable}
   */
  public Client register(String name, @Nullable String uri, List<String> redirectUris) {
    String shown = UNSEEN.matcher(name).replaceAll(" ").strip();
    if (shown.isEmpty()) {
      throw refusal("invalid_client_metadata", "client_name is missing or empty");
    }
    if (redirectUris.isEmpty() || redirectUris.size() > MOST_URIS) {
      throw refusal(
          "invalid_redirect_uri", "redirect_uris must hold 1 to " + MOST_URIS + " addresses");
    }
    for (String redirect : redirectUris) {
      if (!RedirectUris.isAcceptable(redirect)) {
        throw refusal(
            "invalid_redirect_uri",
            "A redirect URI must be http(s)://localhost, 127.0.0.1 or [::1], or have a scheme of"
                + " the program's own; and no fragment");
      }
    }
    return database.write(tx -> {
      if (!registrations.take(tx.now())) {
        throw refusal("temporarily_unavailable", "Too many registrations; try again in a while");
      }
      tx.clients().keepUnused(KEPT - 1);
      var client = new Client(Secrets.next(), cut(shown), uri, redirectUris, tx.now());
      tx.clients().add(client);
      return client;
    });
  }

  private static String cut(String name) {
    return name.codePointCount(0, name.length()) <= LONGEST_NAME
        ? name
        : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME - 1)) + "…";
  }

  public Optional<Client> find(String id) {
    return database.read(Grant.HUB, tx -> tx.clients().find(id));
  }

  /** A client asks for access, so it is not the first to go where room is needed. */
  void used(String id) {
    database.write(tx -> {
      tx.clients().used(id, tx.now());
      return true;
    });
  }

  /**
   * Whether an answer to a client may be sent to an address: registered clients have said which;
   * the others may name any that is acceptable at all.
   *
   * @param client null for one that is not registered
   */
  public static boolean mayBeSentTo(@Nullable Client client, String redirectUri) {
    return client == null
        ? RedirectUris.isAcceptable(redirectUri)
        : client.redirectUris().stream()
            .anyMatch(registered -> RedirectUris.matches(registered, redirectUri));
  }

  static HubException refusal(String code, String message) {
    return new HubException(HubException.Reason.INVALID, code, message, List.of());
  }
}
