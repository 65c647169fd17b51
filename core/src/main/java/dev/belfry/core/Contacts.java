package dev.belfry.core;

import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.model.Page;
import dev.belfry.model.PageRequest;
import dev.belfry.model.PageRequest.Direction;
import dev.belfry.model.User;
import dev.belfry.network.Directory;
import dev.belfry.network.Directory.Identifier;
import dev.belfry.store.AccountTable;
import dev.belfry.store.Database;
import dev.belfry.store.PersonTable.Contact;
import dev.belfry.store.PersonTable.ContactPosition;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The people that an account knows or its network finds. Safe for use by any thread. */
public final class Contacts {
  private static final System.Logger LOG = System.getLogger(Contacts.class.getName());
  private static final int KNOWN_AT_MOST = 50;

  private final Database database;
  private final Connections connections;

  Contacts(Database database, Connections connections) {
    this.database = database;
    this.connections = connections;
  }

  /** Known people, by name; the order stays while pages are read. */
  public Page<User> list(Grant grant, String account, @Nullable String query, PageRequest page) {
    var owner = Accounts.require(database, grant, account);
    boolean onwards = page.direction() == Direction.BEFORE;
    var from = position(page);
    return database.read(
        grant,
        tx -> {
          var found = tx.people().contacts(owner.row(), query, from, onwards, page.limit() + 1);
          boolean more = found.size() > page.limit();
          var shown =
              !more
                  ? found
                  : onwards ? found.subList(0, page.limit()) : found.subList(1, found.size());
          if (shown.isEmpty()) {
            return Page.empty();
          }
          return new Page<>(
              shown.stream().map(Contact::user).toList(),
              more,
              cursor(shown.getLast().position()),
              cursor(shown.getFirst().position()));
        });
  }

  /**
   * Known people, those whom the network's search finds, and the one whom the text names exactly;
   * each once.
   */
  public List<User> search(Grant grant, String account, String query) {
    var owner = Accounts.require(database, grant, account);
    var result = new LinkedHashMap<String, User>();
    database
        .read(
            grant,
            tx ->
                tx.people()
                    .contacts(owner.row(), query, ContactPosition.FIRST, true, KNOWN_AT_MOST))
        .forEach(contact -> result.putIfAbsent(contact.user().id().value(), contact.user()));
    if (grant.isUnlimited()) {
      remote(owner, query).forEach(user -> result.putIfAbsent(user.id().value(), user));
    }
    return List.copyOf(result.values());
  }

  /**
   * What the network finds; nothing where it cannot be asked, as what is known here is an answer
   * too.
   */
  private List<User> remote(AccountTable.Row owner, String query) {
    var account = owner.account().id();
    if (!connections.isOpen(account)) {
      return List.of();
    }
    try {
      var directory = connections.require(account).directory();
      if (directory == null) {
        return List.of();
      }
      var found = new java.util.ArrayList<User>();
      directory.resolve(identifier(query)).ifPresent(found::add);
      found.addAll(directory.search(query));
      return found;
    } catch (IOException | HubException e) {
      LOG.log(Level.INFO, () -> "the directory of " + account + " could not be asked", e);
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private static Directory.Identifier identifier(String text) {
    if (text.matches("\\+[0-9 ()./-]{5,}")) {
      return new Identifier.Phone("+" + text.replaceAll("[^0-9]", ""));
    }
    if (text.matches("[^@\\s:]+@[^@\\s:]+\\.[^@\\s:]+")) {
      return new Identifier.Email(text);
    }
    return text.startsWith("@") && text.contains(":")
        ? new Identifier.Id(text)
        : new Identifier.Username(text);
  }

  private static String cursor(ContactPosition position) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            (position.person() + "\n" + position.name()).getBytes(StandardCharsets.UTF_8));
  }

  private static ContactPosition position(PageRequest page) {
    var cursor = page.cursor();
    if (cursor == null) {
      return page.direction() == Direction.BEFORE ? ContactPosition.FIRST : ContactPosition.LAST;
    }
    try {
      var text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      int end = text.indexOf('\n');
      if (end > 0) {
        var position = new ContactPosition(text.substring(end + 1), text.substring(0, end));
        if (cursor(position).equals(cursor)) { // else it was not made here
          return position;
        }
      }
    } catch (IllegalArgumentException e) {
      throw page.unknownCursor();
    }
    throw page.unknownCursor();
  }
}
