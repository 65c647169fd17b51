package dev.belfry.store;

import dev.belfry.model.AccountId;
import dev.belfry.model.ChatId;
import dev.belfry.model.ChatType;
import dev.belfry.model.Grant;
import dev.belfry.model.MessageId;
import dev.belfry.model.MessageQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds messages. What can be said in tags is asked of the index, so that a page is full and {@code
 * hasMore} exact; what cannot (the network's times, long runs of unspaced script) is checked on the
 * rows, going on until the page is full.
 */
public final class MessageSearch {
  /** How far a message's place may lie from its time: places follow the timeline's order. */
  private static final Duration SLACK = Duration.ofDays(7);

  private static final int ROUNDS = 50;
  private static final int MOST_DOUBLINGS = 8;
  private static final int MOST_AT_ONCE = 4096;

  private static final String EVERYTHING =
      """
      SELECT m.id FROM message m CROSS JOIN chat c ON c.id = m.chat
      WHERE m.id > ?1 AND m.id < ?2 AND m.flags & 24 = 0 AND (?3 = 0 OR m.flags & 4 = 0) AND %s
      """
          .formatted(SearchIndex.LeftOut.CONDITION);

  private final Sql sql;
  private final Grant grant;
  private final SearchIndex index;

  MessageSearch(Sql sql, Grant grant) {
    this.sql = sql;
    this.grant = grant;
    this.index = new SearchIndex(sql);
  }

  /**
   * The places of messages beyond {@code from}, newest first.
   *
   * @param chats those that {@code query} names, resolved; null where it names none
   */
  public List<Long> find(
      MessageQuery query, @Nullable List<Long> chats, long from, boolean older, int limit) {
    var words = SearchTerms.of(query.words());
    if (words.isHopeless()) {
      return List.of();
    }
    var expression = expression(query, chats, words);
    long above = older ? lowest(query) : Math.max(from, lowest(query));
    long below = older ? Math.min(from, highest(query)) : highest(query);
    var found = new ArrayList<Long>();
    for (int round = 0; round < ROUNDS && found.size() < limit && above < below; round++) {
      // More each time: nearly all of a busy week may lie on the wrong side of a time asked for.
      int wanted = Math.min(limit << Math.min(round, MOST_DOUBLINGS), MOST_AT_ONCE);
      var candidates = candidates(expression, query, above, below, older, wanted);
      if (candidates.isEmpty()) {
        break;
      }
      candidates.stream().filter(id -> holds(id, query, words)).forEach(found::add);
      if (older) {
        below = candidates.getLast();
      } else {
        above = candidates.getLast();
      }
      if (candidates.size() < wanted) {
        break;
      }
    }
    var shown = found.subList(0, Math.min(limit, found.size()));
    return older ? List.copyOf(shown) : List.copyOf(shown).reversed();
  }

  private List<Long> candidates(
      SearchExpression expression,
      MessageQuery query,
      long above,
      long below,
      boolean older,
      int limit) {
    var out = new SearchIndex.LeftOut(query.excludeLowPriority(), !query.includeMuted());
    if (expression.hasAny()) {
      return older
          ? index.newest(expression.text(), above, below, out, limit)
          : index.oldest(expression.text(), above, below, out, limit);
    }
    return sql.list(
        older ? EVERYTHING + "ORDER BY m.id DESC LIMIT ?4" : EVERYTHING + "ORDER BY m.id LIMIT ?4",
        row -> row.getLong(1),
        above,
        below,
        "others".equals(query.sender()),
        limit,
        out.lowPriority(),
        out.muted());
  }

  private SearchExpression expression(
      MessageQuery query, @Nullable List<Long> chats, SearchTerms words) {
    var result = new SearchExpression();
    words.whole().forEach(result::word);
    words.beginnings().forEach(result::beginning);
    if (chats != null) {
      result.anyOf(chats.stream().map(SearchTags::chat).toList());
    }
    var only = grant.chats();
    if (only != null) {
      result.anyOf(only.stream().map(ChatId::value).map(SearchTags::chat).toList());
    }
    if (!query.accounts().isEmpty()) {
      result.anyOf(accounts(query.accounts()));
    }
    if (grant.accounts() != null) {
      result.anyOf(accounts(List.copyOf(grant.accounts())));
    }
    type(query.chatType(), result);
    if (!query.media().isEmpty()) {
      result.anyOf(query.media().stream().map(SearchTags::media).toList());
    }
    sender(query.sender(), result);
    return result;
  }

  /** Where a chat changed its type, not what is tagged counts but what it is now. */
  private void type(@Nullable ChatType wanted, SearchExpression result) {
    if (wanted != null) {
      var tags = new ArrayList<>(List.of(SearchTags.type(wanted.name())));
      tags.addAll(retyped("SELECT id FROM chat WHERE retyped = 1 AND type = ?", wanted));
      result.anyOf(tags);
      result.noneOf(retyped("SELECT id FROM chat WHERE retyped = 1 AND type <> ?", wanted));
    }
  }

  private List<String> retyped(String query, ChatType type) {
    return sql.list(query, row -> SearchTags.chat(row.getLong(1)), type.name());
  }

  private void sender(@Nullable String sender, SearchExpression result) {
    switch (sender) {
      case null -> {}
      case "me" -> result.anyOf(people("SELECT id FROM person WHERE is_self = 1"));
      case "others" -> result.noneOf(people("SELECT id FROM person WHERE is_self = 1"));
      case String id ->
          result.anyOf(
              people(
                  "SELECT id FROM person WHERE account IN (SELECT id FROM account) AND user_id = ?",
                  id));
    }
  }

  private List<String> people(String query, Object... values) {
    return sql.list(query, row -> SearchTags.sender(row.getLong(1)), values);
  }

  private List<String> accounts(List<AccountId> of) {
    return sql.list(
        "SELECT id FROM account WHERE account_id IN (SELECT value FROM json_each(?))",
        row -> SearchTags.account(row.getLong(1)),
        StoredJson.strings(of.stream().map(AccountId::value).toList()));
  }

  private boolean holds(long id, MessageQuery query, SearchTerms words) {
    var after = query.after();
    var before = query.before();
    if (after == null && before == null && words.runs().isEmpty()) {
      return true;
    }
    return sql.first(
            "SELECT ts, body FROM message WHERE id = ?",
            row -> {
              var at = Instant.ofEpochMilli(row.getLong(1));
              var body = SearchTerms.folded(row.getString(2)).toLowerCase(Locale.ROOT);
              return (after == null || at.isAfter(after))
                  && (before == null || at.isBefore(before))
                  && words.runs().stream().allMatch(body::contains);
            },
            id)
        .orElse(false);
  }

  private static long lowest(MessageQuery query) {
    var after = query.after();
    return after == null ? 0 : MessageId.firstPlaceOf(millis(after.minus(SLACK)));
  }

  private static long highest(MessageQuery query) {
    var before = query.before();
    return before == null ? MessageId.PENDING : MessageId.firstPlaceOf(millis(before.plus(SLACK)));
  }

  private static long millis(Instant at) {
    return Math.clamp(at.getEpochSecond(), 0, 1L << 38) * 1000;
  }
}
