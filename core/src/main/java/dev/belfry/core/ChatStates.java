package dev.belfry.core;

import dev.belfry.api.Capabilities;
import dev.belfry.api.Field;
import dev.belfry.api.Level;
import dev.belfry.model.Chat;
import dev.belfry.model.ChatPatch;
import dev.belfry.model.ChatPatch.NewDraft;
import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.model.Permission;
import dev.belfry.network.ChatUpdate;
import dev.belfry.store.Database;
import dev.belfry.store.OutboxTable.Entry;
import dev.belfry.store.OutboxTable.Kind;
import dev.belfry.store.OutboxTable.StateChange;
import dev.belfry.store.Tx;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Changing what a chat is called, looks like and is sorted into (contract, {@code PATCH
 * /v1/chats/{chatID}}). Everything is checked before anything is changed. What is the network's to
 * allow is shown at once and taken back if the network refuses.
 */
final class ChatStates {
  private final Database database;
  private final Outbox outbox;

  ChatStates(Database database, Outbox outbox) {
    this.database = database;
    this.outbox = outbox;
  }

  Chat update(Grant grant, String chat, ChatPatch patch) {
    return database.write(
        grant,
        tx -> {
          var before = Permissions.require(tx, Permission.CHANGE_CHAT, chat);
          tx.doOnce("update", () -> update(tx, before, patch));
          return Chats.require(tx, chat, Chats.PARTICIPANTS);
        });
  }

  /** Stores a draft in place of whatever was there. */
  void replaceDraft(Grant grant, String chat, NewDraft draft) {
    database.write(
        grant,
        tx -> {
          var before = Permissions.require(tx, Permission.CHANGE_CHAT, chat);
          tx.doOnce(
              "draft",
              () -> {
                if (Drafts.apply(tx, before, Drafts.made(tx, grant, draft))) {
                  tx.changes().chatUpserted(before.id().value());
                }
              });
          return true;
        });
  }

  private void update(Tx tx, Chat before, ChatPatch patch) {
    check(before, patch);
    var draft = Drafts.checked(tx, tx.grant(), before, patch.draft());
    boolean changed = apply(tx, before, patch);
    changed |= Drafts.apply(tx, before, draft);
    if (changed) {
      tx.changes().chatUpserted(before.id().value());
    }
  }

  private static void check(Chat chat, ChatPatch patch) {
    if (!patch.title().isAbsent()
        || !patch.description().isAbsent()
        || !patch.image().isAbsent()
        || !patch.messageExpirySeconds().isAbsent()) {
      Can.reach(chat);
    }
    if (!patch.title().isAbsent()) {
      require(chat, level(chat, Capabilities.State::title), "Changing the title", "title");
      patch
          .title()
          .value()
          .filter(String::isBlank)
          .ifPresent(_ -> {
            throw HubException.invalid(
                "A title must not be blank; null clears it", "body", "title");
          });
    }
    if (!patch.description().isAbsent()) {
      require(
          chat,
          level(chat, Capabilities.State::description),
          "Changing the description",
          "description");
    }
    if (!patch.image().isAbsent()) {
      require(chat, level(chat, Capabilities.State::avatar), "Changing the picture", "imgURL");
    }
    if (!patch.messageExpirySeconds().isAbsent()) {
      require(
          chat,
          level(chat, Capabilities.State::disappearingTimer),
          "Changing the disappearing timer",
          "messageExpirySeconds");
      checkTimer(chat, patch.messageExpirySeconds().orNull());
    }
  }

  private static void checkTimer(Chat chat, @Nullable Integer seconds) {
    var rules = chat.capabilities().disappearingTimer();
    if (rules == null || seconds == null || seconds == 0) {
      return;
    }
    var allowed = rules.timers();
    if (allowed != null && !allowed.isEmpty() && !allowed.contains(seconds * 1000L)) {
      throw HubException.unprocessable(
          "TIMER_NOT_ALLOWED",
          "This network knows these timers only, in seconds: "
              + String.join(
                  ", ", allowed.stream().map(millis -> Long.toString(millis / 1000)).toList()));
    }
  }

  private static @Nullable Level level(
      Chat chat, Function<Capabilities.State, Capabilities.@Nullable Setting> which) {
    var state = chat.capabilities().state();
    var level = state == null ? null : which.apply(state);
    return level == null ? null : level.level();
  }

  private static void require(Chat chat, @Nullable Level level, String what, String field) {
    if (level != null && !level.works()) {
      throw new HubException(
          HubException.Reason.UNPROCESSABLE,
          "NOT_SUPPORTED",
          "%s is not possible in this chat on %s, or not for you".formatted(what, chat.network()),
          java.util.List.of("body", field));
    }
  }

  private boolean apply(Tx tx, Chat before, ChatPatch patch) {
    var flags = before.flags();
    boolean changed = flag(tx, before, Kind.ARCHIVED, flags.archived(), patch.archived());
    changed |= flag(tx, before, Kind.LOW_PRIORITY, flags.lowPriority(), patch.lowPriority());
    changed |= flag(tx, before, Kind.MUTED, flags.muted(), patch.muted());
    changed |= flag(tx, before, Kind.PINNED, flags.pinned(), patch.pinned());
    var title = tx.chats().writer().naming(before.id().value()).network();
    changed |= state(tx, before, Kind.TITLE, title, patch.title());
    changed |= state(tx, before, Kind.DESCRIPTION, before.description(), patch.description());
    changed |= state(tx, before, Kind.AVATAR, before.imgURL(), patch.image().map(Path::toString));
    var timer = before.messageExpirySeconds();
    changed |=
        state(
            tx,
            before,
            Kind.MESSAGE_EXPIRY,
            timer == null ? null : timer.toString(),
            seconds(patch.messageExpirySeconds()));
    return changed;
  }

  private static Field<String> seconds(Field<Integer> wanted) {
    var value = wanted.orNull();
    return value != null && value == 0 ? Field.nothing() : wanted.map(Object::toString);
  }

  private boolean flag(Tx tx, Chat chat, Kind kind, boolean now, @Nullable Boolean wanted) {
    if (wanted == null || wanted == now) {
      return false;
    }
    set(tx, chat.id().value(), kind, wanted.toString());
    tell(tx, chat, kind, new StateChange(wanted.toString(), Boolean.toString(now)));
    return true;
  }

  private boolean state(Tx tx, Chat chat, Kind kind, @Nullable String now, Field<String> wanted) {
    if (wanted.isAbsent() || Objects.equals(wanted.orNull(), now)) {
      return false;
    }
    set(tx, chat.id().value(), kind, wanted.orNull());
    tell(tx, chat, kind, new StateChange(wanted.orNull(), now));
    return true;
  }

  private void tell(Tx tx, Chat chat, Kind kind, StateChange change) {
    long id = chat.id().value();
    long account = tx.chats().writer().accountOf(id).orElseThrow();
    tx.outbox().addState(account, id, kind, change, tx.now());
    outbox.wakeAfter(tx, account);
  }

  private static void set(Tx tx, long chat, Kind kind, @Nullable String value) {
    var update = ChatUpdate.builder();
    switch (kind) {
      case ARCHIVED -> update.archived(Boolean.parseBoolean(value));
      case LOW_PRIORITY -> update.lowPriority(Boolean.parseBoolean(value));
      case MUTED -> update.muted(Boolean.parseBoolean(value));
      case PINNED -> update.pinned(Boolean.parseBoolean(value));
      case TITLE -> update.title(value);
      case DESCRIPTION -> update.description(value);
      case AVATAR -> update.imgURL(value);
      case MESSAGE_EXPIRY ->
          update.messageExpirySeconds(value == null ? null : Integer.valueOf(value));
      case SEND_MESSAGE, EDIT_MESSAGE, DELETE_MESSAGE, REACT, UNREACT, READ_STATE ->
          throw new IllegalArgumentException(kind + " is no state of a chat");
    }
    tx.chats().writer().apply(chat, update.build());
    if (kind == Kind.TITLE) {
      // Where there are no names to make a title of, the network's key is all there is.
      tx.chats().writer().setTitle(chat, tx.chats().writer().networkKey(chat));
      Titles.refresh(tx, chat);
    }
  }

  /** The network refused: the chat is as it was. */
  static void revert(Tx tx, Entry entry) {
    set(tx, entry.chat(), entry.kind(), entry.state().before());
    tx.changes().chatUpserted(entry.chat());
  }
}
