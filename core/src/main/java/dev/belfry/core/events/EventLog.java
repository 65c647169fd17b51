package dev.belfry.core.events;

import dev.belfry.model.Change;
import dev.belfry.model.Grant;
import dev.belfry.model.Message;
import dev.belfry.store.ChangeTable.Heard;
import dev.belfry.store.ChatRef;
import dev.belfry.store.Database;
import dev.belfry.store.Tx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The change log as events: for each reader those of the chats that it may see, oldest first, from
 * wherever it was (contract, Decided for Belfry: {@code GET /v1/events}). Safe for use by any
 * thread.
 */
public final class EventLog {
  /** How many changes one read looks through, so that it does not keep others waiting. */
  private static final int LOOKED_THROUGH = 20_000;

  private final Database database;
  private final BiFunction<Tx, String, Optional<Message>> waiting;
  private final Keep keep;
  private final Cursors cursors;

  /**
   * Reads a store's log.
   *
   * @param waiting gives a message that has not been sent, by its pending id
   * @param keep how much is kept, for telling
   */
  public EventLog(Database database, BiFunction<Tx, String, Optional<Message>> waiting, Keep keep) {
    this.database = database;
    this.waiting = waiting;
    this.keep = keep;
    cursors =
        database.read(Grant.HUB, tx -> new Cursors(tx.changes().epoch(), tx.changes().cursorKey()));
  }

  /** How much is kept. */
  public Keep keep() {
    return keep;
  }

  /** The end of the log as it is now. */
  public Position end() {
    return database.read(Grant.HUB, EventLog::end);
  }

  /**
   * Where a cursor is.
   *
   * @param path where it was given, for the refusal
   * @throws dev.belfry.model.HubException if it is malformed
   */
  public Position at(String cursor, Object... path) {
    return cursors.read(cursor, path);
  }

  /** The cursor of an event. */
  public String cursor(Event event) {
    return cursors.of(event.position());
  }

  /** A cursor for going on from a place that need not be an event's. */
  public String cursor(Grant grant, Position position) {
    // Who is not shown everything must not learn that the log has grown.
    return grant.isUnlimited() ? cursors.of(position) : cursors.blurred(position);
  }

  /** Ids of chats as events bear them; those that are not known, or not to be seen, as given. */
  public List<String> canonical(Grant grant, List<String> ids) {
    if (ids.stream().noneMatch(EventLog::isLocal)) {
      return ids;
    }
    return database.read(
        grant,
        tx -> ids.stream().map(id -> isLocal(id) ? canonical(tx, id) : id).distinct().toList());
  }

  private static boolean isLocal(String id) {
    return !id.isEmpty() && id.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static String canonical(Tx tx, String id) {
    return tx.chats().ref(id).map(ChatRef::canonicalId).orElse(id);
  }

  /**
   * What comes after a position. Whoever is not shown everything learns of more only where there is
   * more to show.
   *
   * @param after null for all that is kept
   * @param limit of events; one at least
   */
  public Stretch read(Grant grant, ChatFilter chats, @Nullable Position after, int limit) {
    // One more than wanted tells whether there are more; that the log goes on does not.
    var all = database.read(grant, tx -> read(tx, chats, after, limit + 1));
    while (!grant.isUnlimited() && all.hasMore() && all.events().size() <= limit) {
      var so = all;
      int left = limit + 1 - so.events().size();
      var more = database.read(grant, tx -> read(tx, chats, so.upTo(), left));
      if (more.isReset()) {
        break; // it was swept away meanwhile; whoever goes on is told
      }
      var events = new ArrayList<>(so.events());
      events.addAll(more.events());
      all = new Stretch(events, more.upTo(), more.hasMore(), false);
    }
    if (all.events().size() <= limit) {
      return all;
    }
    var first = all.events().subList(0, limit);
    return new Stretch(List.copyOf(first), first.getLast().position(), true, false);
  }

  private Stretch read(Tx tx, ChatFilter chats, @Nullable Position after, int limit) {
    var changes = tx.changes();
    long last = changes.last();
    long first = changes.first();
    if (after != null && !isOfThisLog(tx, after, first, last)) {
      return new Stretch(List.of(), end(tx), false, true);
    }
    long from = after == null ? first - 1 : Math.max(after.seq(), first - 1);
    long end = Math.min(last, from + LOOKED_THROUGH);
    var heard = changes.heard(from, end, chats.ids(), limit);
    if (heard.size() == limit) {
      end = heard.getLast().change().seq();
    }
    var upTo = end == from && after != null ? after : position(tx, end);
    return new Stretch(events(tx, heard), upTo, end < last, false);
  }

  private static boolean isOfThisLog(Tx tx, Position at, long first, long last) {
    if (at.seq() > last || tx.changes().isForgottenAfter(at.seq())) {
      return false;
    }
    // Of what was swept away nothing is left to compare with.
    return at.seq() < first || position(tx, at.seq()).equals(at);
  }

  private static Position end(Tx tx) {
    return position(tx, tx.changes().last());
  }

  private static Position position(Tx tx, long seq) {
    return tx.changes().at(seq).map(at -> Position.of(seq, at)).orElse(new Position(seq, 0));
  }

  private List<Event> events(Tx tx, List<Heard> heard) {
    var messages = messages(tx, heard);
    var events = new ArrayList<Event>(heard.size());
    for (var each : heard) {
      var change = each.change();
      switch (change) {
        case Change.ChatUpserted _ ->
            events.add(event(each, Event.Type.CHAT_UPSERTED, List.of(each.chatId()), null));
        case Change.ChatDeleted _ ->
            events.add(event(each, Event.Type.CHAT_DELETED, List.of(each.chatId()), null));
        case Change.MessageUpserted upserted ->
            events.add(
                event(
                    each,
                    Event.Type.MESSAGE_UPSERTED,
                    upserted.ids(),
                    messages.get(upserted.ids().getFirst())));
        case Change.MessageDeleted deleted ->
            events.add(event(each, Event.Type.MESSAGE_DELETED, List.of(deleted.id()), null));
        case Change.AccountChanged _ -> {
          // the contract has no event for it
        }
      }
    }
    return events;
  }

  private static Event event(
      Heard heard, Event.Type type, List<String> ids, @Nullable Message entry) {
    var change = heard.change();
    return new Event(
        Position.of(change.seq(), change.at()),
        change.at(),
        type,
        heard.chat(),
        heard.chatId(),
        ids,
        entry == null ? List.of() : List.of(entry));
  }

  /** The messages that the changes speak of, by the first of their ids. */
  private Map<String, Message> messages(Tx tx, List<Heard> heard) {
    var places = new ArrayList<Long>();
    var result = new HashMap<String, Message>();
    for (var each : heard) {
      if (each.change() instanceof Change.MessageUpserted upserted) {
        var id = upserted.ids().getFirst();
        if (id.startsWith("m")) {
          waiting.apply(tx, id).ifPresent(message -> result.put(id, message));
        } else {
          places.add(Long.parseLong(id));
        }
      }
    }
    if (!places.isEmpty()) {
      tx.messageReader().all(places).forEach(m -> result.put(m.id().toString(), m));
    }
    return result;
  }
}
