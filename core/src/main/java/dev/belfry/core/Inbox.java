package dev.belfry.core;

import dev.belfry.model.StoreFault;
import dev.belfry.network.HistoryPage;
import dev.belfry.network.NetworkEvent;
import dev.belfry.store.Database;
import dev.belfry.store.GapTable.Gap;
import dev.belfry.store.Tx;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Function;

/**
 * Stores what networks say: one transaction a batch. An event that cannot be stored is put into
 * quarantine and its batch goes on; storing one twice changes nothing.
 */
final class Inbox {
  private static final System.Logger LOG = System.getLogger(Inbox.class.getName());

  private final Database database;

  Inbox(Database database) {
    this.database = database;
  }

  /** Returns once the batch is committed. */
  void accept(Owner owner, List<NetworkEvent> batch) {
    if (batch.isEmpty()) {
      return;
    }
    database.write(tx ->
        store(
            tx,
            owner,
            each -> {
              var incoming = new Incoming(tx, owner, owner.isLive());
              for (var event : batch) {
                each.store(incoming, event);
              }
              incoming.finish();
              return true;
            }));
  }

  /** Puts a stretch of history into its gap. Whether anything is left of the gap. */
  boolean fill(Owner owner, Gap gap, HistoryPage page) {
    return database.write(tx -> {
      var current = tx.gaps().find(gap.id());
      if (current.isEmpty() || !current.get().equals(gap)) {
        // Somebody else has filled a part of it meanwhile.
        return current.isPresent();
      }
      return store(
          tx,
          owner,
          each -> {
            var incoming = new Incoming(tx, owner, gap.live());
            var history = new IncomingHistory(incoming, gap);
            for (var placed : history.place(page.events())) {
              each.store(incoming.at(placed.place()), placed.event());
            }
            boolean left = history.close(page.nextToken());
            incoming.finish();
            return left;
          });
    });
  }

  /** Carries out what one event of a batch means. */
  private interface Each {
    void store(Incoming incoming, NetworkEvent event);
  }

  /**
   * Stores a batch as a whole and, only where one of its events cannot be stored, again with a
   * savepoint for each. SQLite goes through all that a transaction has changed whenever it releases
   * a savepoint within another: that costs more than storing the event.
   */
  private static <T> T store(Tx tx, Owner owner, Function<Each, T> batch) {
    try {
      return tx.attempt(() -> batch.apply(Inbox::storeTogether));
    } catch (StoreFault e) {
      // Not an event's fault: the whole batch comes again once the store works.
      throw e;
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "a batch of account {0} is stored event by event", owner.id());
      return batch.apply(Inbox::storeAlone);
    }
  }

  private static void storeTogether(Incoming incoming, NetworkEvent event) {
    dispatch(incoming, event);
    incoming.stored();
  }

  private static void storeAlone(Incoming incoming, NetworkEvent event) {
    var tx = incoming.tx();
    var owner = incoming.owner();
    try {
      tx.attempt(() -> {
        dispatch(incoming, event);
        return true;
      });
      incoming.stored();
    } catch (StoreFault e) {
      throw e;
    } catch (RuntimeException e) {
      incoming.failed();
      LOG.log(
          Level.WARNING,
          () ->
              "event of account %s put into quarantine: %s"
                  .formatted(owner.id(), event.getClass().getSimpleName()),
          e);
      tx.quarantine().add(owner.row(), event.toString(), e.toString());
    }
  }

  private static void dispatch(Incoming incoming, NetworkEvent event) {
    switch (event) {
      case NetworkEvent.MessageReceived e -> new IncomingMessages(incoming).received(e);
      case NetworkEvent.MessageEdited e -> new IncomingMessages(incoming).edited(e);
      case NetworkEvent.MessageDeleted e -> new IncomingMessages(incoming).deleted(e);
      case NetworkEvent.Reacted e -> new IncomingMessages(incoming).reacted(e);
      case NetworkEvent.MessageRevealed e -> new IncomingMessages(incoming).revealed(e);
      case NetworkEvent.DeliveryChanged e -> new IncomingMessages(incoming).deliveryChanged(e);
      case NetworkEvent.TimelineGap e -> incoming.gapBefore(e.chatKey(), e.token());
      case NetworkEvent.ChatChanged e -> new IncomingChats(incoming).changed(e);
      case NetworkEvent.MembersChanged e -> new IncomingChats(incoming).membersChanged(e);
      case NetworkEvent.PeopleChanged e -> new IncomingChats(incoming).peopleChanged(e);
      case NetworkEvent.SelfChanged e -> new IncomingChats(incoming).selfChanged(e);
      case NetworkEvent.ChatGone e -> new IncomingChats(incoming).gone(e);
      case NetworkEvent.ChatsListed e -> new IncomingChats(incoming).listed(e);
      case NetworkEvent.ReadElsewhere e -> new IncomingReads(incoming).readElsewhere(e);
      case NetworkEvent.MarkedUnreadElsewhere e -> new IncomingReads(incoming).markedElsewhere(e);
      case NetworkEvent.ReadByOther e -> new IncomingReads(incoming).readByOther(e);
    }
  }
}
