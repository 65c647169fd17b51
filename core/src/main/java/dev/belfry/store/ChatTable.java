package dev.belfry.store;

import dev.belfry.api.Capabilities;
import dev.belfry.model.AccountId;
import dev.belfry.model.Chat;
import dev.belfry.model.ChatId;
import dev.belfry.model.ChatQuery;
import dev.belfry.model.ChatType;
import dev.belfry.model.Grant;
import dev.belfry.model.MessageId;
import dev.belfry.model.Participant;
import dev.belfry.model.Participants;
import dev.belfry.model.ReadState;
import dev.belfry.model.Reminder;
import dev.belfry.model.Snooze;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The chats, as the grant of the transaction may see them. */
public final class ChatTable {
  private static final String BY_NUMBER = "c.id = ?1";
  private static final Capabilities NOTHING_KNOWN = Capabilities.builder().build();

  private final Sql sql;
  private final Grant grant;
  private final ChatSql texts;
  private final CapabilityTable capabilities;
  private final MemberTable members;
  private final Tx tx;

  ChatTable(Sql sql, Grant grant, CapabilityTable capabilities, Tx tx) {
    this.sql = sql;
    this.grant = grant;
    this.texts = ChatSql.of(Sight.of(grant));
    this.capabilities = capabilities;
    this.members = new MemberTable(sql);
    this.tx = tx;
  }

  /**
   * Where a list goes on.
   *
   * @param activity a place
   * @param chat breaks ties
   */
  public record Position(long activity, long chat) {}

  /**
   * A chat in a list.
   *
   * @param lastMessage its newest shown message
   */
  public record Listed(Chat chat, Position position, @Nullable MessageId lastMessage) {}

  /**
   * By canonical or local id. What may not be seen is looked for and not found just as what is not
   * there.
   */
  public Optional<Chat> find(String id, int maxParticipants) {
    return byId(id, (where, value) -> row(where, value, maxParticipants));
  }

  public Optional<Chat> find(ChatId id, int maxParticipants) {
    return row(BY_NUMBER, id.value(), maxParticipants);
  }

  /** Likewise, but only what its messages need to know of it. */
  public Optional<ChatRef> ref(String id) {
    return byId(id, this::ref);
  }

  public Optional<ChatRef> ref(ChatId id) {
    return ref(BY_NUMBER, id.value());
  }

  /** By number, in no particular order; those that are gone or may not be seen are left out. */
  public List<Chat> all(Collection<ChatId> ids, int maxParticipants) {
    var found =
        sql.list(
            ChatSql.ALL, this::read, StoredJson.numbers(ids.stream().map(ChatId::value).toList()));
    return withMembers(
        found.stream().filter(chat -> grant.sees(chat.account(), chat.id())).toList(),
        maxParticipants);
  }

  private static <T> Optional<T> byId(String id, BiFunction<String, Object, Optional<T>> row) {
    return row.apply("c.canonical_id = ?1", id)
        .or(() ->
            id.matches("[0-9]{1,18}")
                ? row.apply(BY_NUMBER, Long.parseLong(id))
                : Optional.empty());
  }

  private Optional<ChatRef> ref(String where, Object value) {
    return sql.first(
            "SELECT c.id, c.canonical_id, a.account_id, c.read_up_to FROM chat c CROSS JOIN account a ON a.id = c.account WHERE "
                + where,
            row ->
                new ChatRef(
                    new ChatId(row.getLong(1)),
                    row.getString(2),
                    new AccountId(row.getString(3)),
                    row.getLong(4)),
            value)
        .filter(found -> grant.sees(found.account(), found.id()));
  }

  private Optional<Chat> row(String where, Object value, int maxParticipants) {
    if (!grant.isUnlimited() && ref(where, value).isEmpty()) {
      return Optional.empty();
    }
    return sql.first(ChatSql.ONE + where, this::read, value)
        .map(chat -> withMembers(chat, maxParticipants));
  }

  /** Those before {@code from} in the order of activity, newest first. */
  public List<Listed> before(Position from, List<AccountId> of, int limit, int maxParticipants) {
    return list(texts.older, from, of, limit, maxParticipants);
  }

  /** Those right after {@code from}, newest first. */
  public List<Listed> after(Position from, List<AccountId> of, int limit, int maxParticipants) {
    return list(texts.newer, from, of, limit, maxParticipants).reversed();
  }

  /**
   * Those that a query finds beyond {@code from}, newest first; a word finds titles that hold a
   * word beginning so.
   */
  public List<Listed> search(
      ChatQuery query, Position from, boolean older, int limit, int maxParticipants) {
    var words = List.copyOf(SearchWords.of(query.words()));
    if (words.isEmpty() && !query.words().isBlank()) {
      return List.of();
    }
    var found =
        sql.list(
            older ? texts.foundOlder : texts.foundNewer,
            this::listed,
            Sight.accounts(grant),
            Sight.chats(grant),
            from.activity(),
            from.chat(),
            query.accounts().isEmpty()
                ? null
                : StoredJson.strings(query.accounts().stream().map(AccountId::value).toList()),
            limit,
            StoredJson.strings(words),
            query.scope() == ChatQuery.Scope.PARTICIPANTS,
            query.inbox() == null ? null : query.inbox().name(),
            query.type() == null ? null : query.type().name(),
            query.unreadOnly(),
            query.includeMuted(),
            place(query.lastActivityBefore()),
            place(query.lastActivityAfter()));
    return listed(older ? found : found.reversed(), maxParticipants);
  }

  private static @Nullable Long place(@Nullable Instant at) {
    return at == null ? null : MessageId.firstPlaceOf(Math.clamp(at.toEpochMilli(), 0, 1L << 48));
  }

  private Listed listed(ResultSet row) throws SQLException {
    long last = row.getLong(14);
    return new Listed(
        read(row),
        new Position(row.getLong(10), row.getLong(1)),
        last == 0 ? null : new MessageId(last));
  }

  private List<Listed> list(
      String text, Position from, List<AccountId> of, int limit, int maxParticipants) {
    return listed(
        sql.list(
            text,
            this::listed,
            Sight.accounts(grant),
            Sight.chats(grant),
            from.activity(),
            from.chat(),
            of.isEmpty() ? null : StoredJson.strings(of.stream().map(AccountId::value).toList()),
            limit),
        maxParticipants);
  }

  private List<Listed> listed(List<Listed> bare, int maxParticipants) {
    var chats = withMembers(bare.stream().map(Listed::chat).toList(), maxParticipants).iterator();
    return bare.stream()
        .map(each -> new Listed(chats.next(), each.position(), each.lastMessage()))
        .toList();
  }

  /** One query for the members of all small chats, and one for each that has more than is shown. */
  private List<Chat> withMembers(List<Chat> chats, int maxParticipants) {
    var small =
        members.all(
            chats.stream()
                .filter(chat -> isSmall(chat, maxParticipants))
                .map(chat -> chat.id().value())
                .toList());
    return chats.stream()
        .map(chat ->
            isSmall(chat, maxParticipants)
                ? withMembers(chat, small.getOrDefault(chat.id().value(), List.of()))
                : withMembers(chat, maxParticipants))
        .toList();
  }

  private static boolean isSmall(Chat chat, int maxParticipants) {
    return chat.participants().total() <= maxParticipants;
  }

  private Chat withMembers(Chat chat, int limit) {
    return withMembers(chat, members.list(chat.id().value(), limit));
  }

  private static Chat withMembers(Chat chat, List<Participant> shown) {
    int total = Math.max(chat.participants().total(), shown.size());
    return chat.withParticipants(new Participants(shown, total));
  }

  /** What the network's events change. */
  public ChatWriter writer() {
    return new ChatWriter(sql, capabilities, tx);
  }

  /** The read marker and all that it follows from. */
  public ReadMarks marks() {
    return new ReadMarks(sql);
  }

  /** All but the members, of the columns and bits that {@link ChatSql} asks for. */
  private Chat read(ResultSet row) throws SQLException {
    long mask = row.getLong(24);
    var known = capabilities.find(row.getLong(9));
    long lastRead = row.getLong(15);
    var chat =
        new Chat(
            new ChatId(row.getLong(1)),
            row.getString(2),
            new AccountId(row.getString(3)),
            row.getString(4),
            row.getString(5),
            ChatType.valueOf(row.getString(6)),
            row.getString(7),
            Mask.text(row, 16, mask, 0),
            Mask.text(row, 17, mask, 1),
            new ReadState(row.getLong(11), row.getInt(12), row.getInt(13), Mask.has(mask, 12)),
            new Chat.Flags(
                Mask.has(mask, 7),
                Mask.has(mask, 8),
                Mask.has(mask, 9),
                Mask.has(mask, 10),
                Mask.has(mask, 11),
                false),
            Instant.ofEpochMilli(MessageId.millisOf(row.getLong(10))),
            Mask.has(mask, 4) ? row.getInt(20) : null,
            Mask.text(row, 18, mask, 2),
            StoredJson.draft(Mask.text(row, 19, mask, 3)),
            Mask.has(mask, 5)
                ? new Reminder(Instant.ofEpochMilli(row.getLong(21)), Mask.has(mask, 13))
                : null,
            Mask.has(mask, 6)
                ? new Snooze(
                    Instant.ofEpochMilli(row.getLong(22)), Instant.ofEpochMilli(row.getLong(23)))
                : null,
            known == null ? NOTHING_KNOWN : known,
            lastRead == 0 ? null : new MessageId(lastRead),
            new Participants(List.of(), row.getInt(8)));
    return Mask.has(mask, 14) ? chat.ofRemovedAccount() : chat;
  }
}
