package dev.belfry.store;

import dev.belfry.model.Grant;
import dev.belfry.model.User;
import dev.belfry.model.UserId;
import dev.belfry.network.Directory.Identifier;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The people that an account knows, its owner among them. As contacts a limited grant finds those
 * who are members of its chats.
 */
public final class PersonTable {
  /** The columns that {@link #read} takes, in its order, of a table named {@code p}. */
  static final String COLUMNS =
      "p.user_id, p.full_name, p.username, p.phone_number, p.email, p.img_url, "
          + Mask.of(
              "p.full_name NOTNULL",
              "p.username NOTNULL",
              "p.phone_number NOTNULL",
              "p.email NOTNULL",
              "p.img_url NOTNULL",
              "p.is_self",
              "p.cannot_message");

  private static final int MASK = 6;
  private static final int IS_SELF = 5;
  private static final int CANNOT_MESSAGE = 6;

  /** Values 1 and 2 are those of {@link Sight}. */
  private static final String CONTACTS = "SELECT " + COLUMNS + ", p.sort_name FROM ";

  private static final String IN_ACCOUNTS =
      """
      p.account IN (SELECT id FROM account WHERE account_id IN (SELECT value FROM json_each(?1)))
      AND EXISTS (SELECT 1 FROM member m WHERE m.person = p.id) AND
      """;

  private static final String IN_CHATS =
      "(SELECT DISTINCT m.person AS id FROM "
          + Sight.SOME_CHATS.source()
          + " CROSS JOIN member m ON m.chat = c.id WHERE "
          + Sight.SOME_CHATS.condition()
          + ") v CROSS JOIN person p ON p.id = v.id WHERE ";

  private static final String MATCHING =
      """
      p.account = ?3 AND p.is_self = 0 AND (?4 IS NULL OR instr(p.sort_name, ?4) > 0
        OR instr(lower(ifnull(p.username, '')), ?4) > 0 OR instr(ifnull(p.phone_number, ''), ?4) > 0
        OR instr(lower(ifnull(p.email, '')), ?4) > 0 OR instr(lower(p.user_id), ?4) > 0)
      AND (p.sort_name, p.user_id)
      """;

  private final Sql sql;
  private final KnownRows known;
  private final Grant grant;

  PersonTable(Sql sql, KnownRows known, Grant grant) {
    this.sql = sql;
    this.known = known;
    this.grant = grant;
  }

  public OptionalLong find(long account, UserId user) {
    return known.person(
        account,
        user,
        () ->
            sql.number(
                0,
                "SELECT id FROM person WHERE account = ? AND user_id = ?",
                account,
                user.value()));
  }

  /** The row of somebody of whom only the id is known here, made if there is none. */
  public long require(long account, UserId user, boolean isSelf) {
    return find(account, user)
        .orElseGet(() ->
            sql.insert(
                "INSERT INTO person (account, user_id, is_self, sort_name) VALUES (?, ?, ?, ?)",
                account,
                user.value(),
                isSelf,
                user.value().toLowerCase(Locale.ROOT)));
  }

  /** The account's owner. */
  public long self(long account) {
    long row =
        sql.number(
            0,
            "SELECT id FROM person WHERE account = ? AND is_self = 1 ORDER BY id LIMIT 1",
            account);
    if (row == 0) {
      throw new IllegalStateException("account without an owner");
    }
    return row;
  }

  /** What a save did. */
  public record Saved(long row, boolean renamed) {}

  private record Named(long row, @Nullable String fullName, @Nullable String username) {
    @Nullable String shown() {
      return fullName != null ? fullName : username;
    }
  }

  /**
   * Stores what is known; what is null leaves alone what was known before, unless the network has
   * told that there is none.
   */
  public Saved save(long account, User user) {
    var before =
        sql.first(
            "SELECT id, full_name, username FROM person WHERE account = ? AND user_id = ?",
            row -> new Named(row.getLong(1), row.getString(2), row.getString(3)),
            account,
            user.id().value());
    var now = named(user, before.orElse(null));
    sql.update(
        """
        INSERT INTO person (account, user_id, full_name, username, phone_number, email, img_url, is_self, cannot_message, sort_name, search_name)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (account, user_id) DO UPDATE SET
          full_name = excluded.full_name, username = ifnull(excluded.username, username),
          phone_number = ifnull(excluded.phone_number, phone_number), email = ifnull(excluded.email, email),
          img_url = CASE WHEN ? THEN excluded.img_url ELSE ifnull(excluded.img_url, img_url) END, is_self = max(is_self, excluded.is_self),
          cannot_message = excluded.cannot_message, sort_name = excluded.sort_name, search_name = excluded.search_name
        """,
        account,
        user.id().value(),
        now.fullName(),
        now.username(),
        user.phoneNumber(),
        user.email(),
        user.imgURL(),
        user.isSelf(),
        user.cannotMessage(),
        sortName(user.id(), now),
        searchName(now),
        user.profiled());
    return before
        .map(old -> new Saved(old.row(), !Objects.equals(now.shown(), old.shown())))
        .orElseGet(() -> new Saved(find(account, user.id()).orElseThrow(), now.shown() != null));
  }

  private static Named named(User user, @Nullable Named before) {
    var name = user.fullName();
    if (name == null && !user.profiled() && before != null) {
      name = before.fullName();
    }
    var handle = user.username() == null && before != null ? before.username() : user.username();
    return new Named(before == null ? 0 : before.row(), name, handle);
  }

  /**
   * Chats without a name of their own that this person is a member of: their title is made from
   * names.
   */
  public List<Long> unnamedChatsOf(long person) {
    return sql.list(
        "SELECT c.id FROM member m JOIN chat c ON c.id = m.chat WHERE m.person = ? AND c.network_title IS NULL",
        row -> row.getLong(1),
        person);
  }

  /** Somebody whom an account knows, by an exact identifier; nobody for a limited grant. */
  public Optional<User> resolve(long account, Identifier identifier) {
    if (!grant.isUnlimited()) {
      return Optional.empty();
    }
    return switch (identifier) {
      case Identifier.Id(var id) -> by("user_id", account, id);
      case Identifier.Username(var name) -> by("username", account, name);
      case Identifier.Phone(var number) -> by("phone_number", account, number);
      case Identifier.Email(var address) -> by("email", account, address);
    };
  }

  /** Column names come from this class alone. */
  private Optional<User> by(String column, long account, String value) {
    return sql.first(
        "SELECT "
            + COLUMNS
            + " FROM person p WHERE p.account = ? AND p."
            + column
            + " = ? AND p.is_self = 0 LIMIT 1",
        row -> read(row, 1),
        account,
        value);
  }

  /** The canonical id of the liveliest direct chat with somebody; none for a limited grant. */
  public Optional<String> directChat(long account, String user) {
    if (!grant.isUnlimited()) {
      return Optional.empty();
    }
    return sql.first(
        """
        SELECT c.canonical_id FROM person p JOIN member m ON m.person = p.id JOIN chat c ON c.id = m.chat
        WHERE p.account = ? AND p.user_id = ? AND p.is_self = 0 AND c.type = 'SINGLE'
        ORDER BY c.activity DESC LIMIT 1
        """,
        row -> row.getString(1),
        account,
        user);
  }

  /**
   * A place in the list of contacts.
   *
   * @param name in lower case
   * @param person the person's id, which breaks ties: unlike a number, it tells nothing of others
   */
  public record ContactPosition(String name, String person) {
    public static final ContactPosition FIRST = new ContactPosition("", "");
    public static final ContactPosition LAST = new ContactPosition("\uDBFF\uDFFF", "");
  }

  /** Somebody in the list of contacts. */
  public record Contact(User user, ContactPosition position) {}

  /**
   * Known people other than the owner, by name.
   *
   * @param query a part of a name, handle, number or address; null for all
   * @param onwards from {@code from} on; else the ones right before it
   */
  public List<Contact> contacts(
      long account, @Nullable String query, ContactPosition from, boolean onwards, int limit) {
    var found =
        sql.list(
            contacts()
                + (onwards
                    ? "> (?5, ?6) ORDER BY p.sort_name, p.user_id LIMIT ?7"
                    : "< (?5, ?6) ORDER BY p.sort_name DESC, p.user_id DESC LIMIT ?7"),
            row ->
                new Contact(read(row, 1), new ContactPosition(row.getString(8), row.getString(1))),
            Sight.accounts(grant),
            Sight.chats(grant),
            account,
            query == null ? null : query.toLowerCase(Locale.ROOT),
            from.name(),
            from.person(),
            limit);
    return onwards ? found : found.reversed();
  }

  private String contacts() {
    return switch (Sight.of(grant)) {
      case EVERYTHING -> CONTACTS + "person p WHERE " + MATCHING;
      case SOME_ACCOUNTS -> CONTACTS + "person p WHERE " + IN_ACCOUNTS + MATCHING;
      case SOME_CHATS -> CONTACTS + IN_CHATS + MATCHING;
    };
  }

  private static String searchName(Named person) {
    var name = person.fullName() == null ? "" : person.fullName();
    var handle = person.username() == null ? "" : person.username();
    return String.join(" ", SearchWords.of(name + " " + handle));
  }

  private static String sortName(UserId id, Named person) {
    var name = person.shown();
    return (name == null ? id.value() : name).toLowerCase(Locale.ROOT);
  }

  static User read(ResultSet row, int first) throws SQLException {
    long mask = row.getLong(first + MASK);
    return new User(
        new UserId(row.getString(first)),
        Mask.text(row, first + 1, mask, 0),
        Mask.text(row, first + 2, mask, 1),
        Mask.text(row, first + 3, mask, 2),
        Mask.text(row, first + 4, mask, 3),
        Mask.text(row, first + 5, mask, 4),
        Mask.has(mask, IS_SELF),
        Mask.has(mask, CANNOT_MESSAGE));
  }
}
