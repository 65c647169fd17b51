package dev.belfry.sandbox.journal;

import dev.belfry.model.Attachment;
import dev.belfry.model.ChatType;
import dev.belfry.model.Delivery;
import dev.belfry.model.LinkPreview;
import dev.belfry.model.MessageContent;
import dev.belfry.model.MessageType;
import dev.belfry.model.UserId;
import dev.belfry.network.ChatUpdate;
import dev.belfry.network.NetworkEvent;
import dev.belfry.network.NetworkEvent.ReadElsewhere.Source;
import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An {@link Entry} as the journal writes it: flat, and what a kind has no use for is left out.
 *
 * @param kind which event it is
 * @param at Unix milliseconds
 * @param target the event that this one is about
 * @param word a reaction, why a delivery failed, or what a setting is now
 * @param note the picture of a reaction, or the text of a failure
 * @param flag an emoji; retryable; marked unread; a setting that is on; a direct chat
 * @param people those whom a message was delivered to; the members of a new chat
 */
@Json
record Line(
    Kind kind,
    String chat,
    @Nullable String key,
    @Nullable String user,
    boolean mine,
    long at,
    @Nullable String target,
    @Nullable String transaction,
    @Nullable Said said,
    @Nullable String word,
    @Nullable String note,
    boolean flag,
    @Nullable List<String> people,
    @Nullable String cause,
    int step) {

  /** The kinds of events that the network keeps. */
  enum Kind {
    MESSAGE,
    EDIT,
    DELETION,
    REACTION,
    RECEIPT,
    MARKER,
    UNREAD,
    SEEN,
    DELIVERED,
    FAILED,
    /** A setting, by its name. */
    ARCHIVED,
    LOW_PRIORITY,
    MUTED,
    PINNED,
    TITLE,
    DESCRIPTION,
    AVATAR,
    EXPIRY,
    /** A new chat. */
    OPENED,
    /** Everybody in a new chat; who they are stands in the line before. */
    MEMBERS
  }

  /** What a message says. */
  @Json
  record Said(
      MessageType type,
      String body,
      @Nullable String html,
      @Nullable List<Attachment> attachments,
      @Nullable List<LinkPreview> links,
      @Nullable List<String> mentions,
      boolean mentionsMe,
      @Nullable String replyTo,
      boolean hidden) {
    static Said of(MessageContent content) {
      return new Said(
          content.type(),
          content.body(),
          content.html(),
          content.attachments(),
          content.links(),
          content.mentions(),
          content.mentionsMe(),
          content.replyToKey(),
          content.hidden());
    }

    MessageContent content() {
      return new MessageContent(
          type,
          body,
          html,
          attachments == null ? List.of() : attachments,
          links == null ? List.of() : links,
          mentions,
          mentionsMe,
          replyTo,
          hidden);
    }
  }

  /**
   * @throws IllegalArgumentException for an event that the network does not keep
   */
  static Line of(Entry entry) {
    Draft line = new Draft(entry);
    switch (entry.event()) {
      case NetworkEvent.MessageReceived e -> {
        line.timeline(Kind.MESSAGE, e, e.fromMe(), e.transaction());
        line.said = Said.of(e.content());
      }
      case NetworkEvent.MessageEdited e -> {
        line.timeline(Kind.EDIT, e, e.fromMe(), e.transaction());
        line.target = e.targetKey();
        line.said = Said.of(e.content());
      }
      case NetworkEvent.MessageDeleted e -> {
        line.timeline(Kind.DELETION, e, false, e.transaction());
        line.target = e.targetKey();
      }
      case NetworkEvent.Reacted e -> {
        line.timeline(Kind.REACTION, e, e.fromMe(), e.transaction());
        line.target = e.targetKey();
        line.word = e.reaction();
        line.flag = e.emoji();
        line.note = e.imgURL();
      }
      case NetworkEvent.ReadElsewhere e -> {
        line.kind = e.source() == Source.RECEIPT ? Kind.RECEIPT : Kind.MARKER;
        line.target = e.upToKey();
      }
      case NetworkEvent.MarkedUnreadElsewhere e -> {
        line.kind = Kind.UNREAD;
        line.flag = e.markedUnread();
      }
      case NetworkEvent.ReadByOther e -> {
        line.kind = Kind.SEEN;
        line.user = e.user().value();
        line.target = e.upToKey();
        line.at = e.at().toEpochMilli();
      }
      case NetworkEvent.DeliveryChanged e -> line.delivery(e);
      case NetworkEvent.ChatChanged _ when entry.opening() != null -> line.opened(entry.opening());
      case NetworkEvent.ChatChanged e -> line.setting(e);
      case NetworkEvent.MembersChanged _ -> line.kind = Kind.MEMBERS;
      case NetworkEvent.MessageRevealed _,
          NetworkEvent.TimelineGap _,
          NetworkEvent.PeopleChanged _,
          NetworkEvent.ChatGone _,
          NetworkEvent.ChatsListed _,
          NetworkEvent.SelfChanged _ ->
          throw new IllegalArgumentException("not kept: " + entry.event().getClass().getName());
    }
    return line.finish();
  }

  Entry entry() {
    return new Entry(event(), cause, step, kind == Kind.OPENED ? opening() : null);
  }

  private Opening opening() {
    return new Opening(
        chat,
        flag ? ChatType.SINGLE : ChatType.GROUP,
        word,
        people == null ? List.of() : people,
        Instant.ofEpochMilli(at));
  }

  private NetworkEvent event() {
    Instant when = Instant.ofEpochMilli(at);
    return switch (kind) {
      case MESSAGE ->
          new NetworkEvent.MessageReceived(
              chat, key(key), person(), mine, content(), when, transaction);
      case EDIT ->
          new NetworkEvent.MessageEdited(
              chat, key(key), person(), mine, key(target), content(), when, transaction);
      case DELETION ->
          new NetworkEvent.MessageDeleted(chat, key(key), person(), key(target), when, transaction);
      case REACTION ->
          new NetworkEvent.Reacted(
              chat,
              key(key),
              person(),
              mine,
              key(target),
              key(word),
              flag,
              note,
              when,
              transaction);
      case RECEIPT -> new NetworkEvent.ReadElsewhere(chat, Source.RECEIPT, key(target));
      case MARKER -> new NetworkEvent.ReadElsewhere(chat, Source.MARKER, key(target));
      case UNREAD -> new NetworkEvent.MarkedUnreadElsewhere(chat, flag);
      case SEEN -> new NetworkEvent.ReadByOther(chat, person(), key(target), when);
      case DELIVERED ->
          new NetworkEvent.DeliveryChanged(
              chat,
              key(target),
              new Delivery.Delivered(
                  when, people == null ? List.of() : people.stream().map(UserId::new).toList()));
      case FAILED ->
          new NetworkEvent.DeliveryChanged(
              chat, key(target), new Delivery.Failed(when, key(word), key(note), flag));
      case ARCHIVED, LOW_PRIORITY, MUTED, PINNED ->
          Setting.valueOf(kind.name()).changed(chat, Boolean.toString(flag));
      case TITLE, DESCRIPTION, AVATAR, EXPIRY -> Setting.valueOf(kind.name()).changed(chat, word);
      // told in full by who knows the chats
      case OPENED -> new NetworkEvent.ChatChanged(chat, ChatUpdate.builder().build());
      case MEMBERS -> new NetworkEvent.MembersChanged(chat, List.of(), List.of(), false, null);
    };
  }

  private static String key(@Nullable String value) {
    return Objects.requireNonNull(value, "incomplete line");
  }

  private UserId person() {
    return new UserId(key(user));
  }

  private MessageContent content() {
    return Objects.requireNonNull(said, "incomplete line").content();
  }

  /** A line being filled. */
  private static final class Draft {
    private final Entry entry;
    private Kind kind = Kind.MESSAGE;
    private @Nullable String key;
    private @Nullable String user;
    private boolean mine;
    private long at;
    private @Nullable String target;
    private @Nullable String transaction;
    private @Nullable Said said;
    private @Nullable String word;
    private @Nullable String note;
    private boolean flag;
    private @Nullable List<String> people;

    Draft(Entry entry) {
      this.entry = entry;
    }

    void timeline(Kind newKind, NetworkEvent.Timeline event, boolean fromMe, @Nullable String txn) {
      kind = newKind;
      key = event.key();
      user = event.sender().value();
      mine = fromMe;
      at = event.timestamp().toEpochMilli();
      transaction = txn;
    }

    void opened(Opening opening) {
      kind = Kind.OPENED;
      word = opening.title();
      flag = opening.type() == ChatType.SINGLE;
      people = opening.members();
      at = opening.at().toEpochMilli();
    }

    void setting(NetworkEvent.ChatChanged event) {
      Setting setting =
          Setting.of(event.update())
              .orElseThrow(() -> new IllegalArgumentException("not kept: " + event.chatKey()));
      kind = Kind.valueOf(setting.name());
      word = setting.value(event.update());
      if (setting.compareTo(Setting.PINNED) <= 0) {
        flag = Boolean.parseBoolean(word);
        word = null;
      }
    }

    void delivery(NetworkEvent.DeliveryChanged event) {
      target = event.key();
      at = event.delivery().since().toEpochMilli();
      switch (event.delivery()) {
        case Delivery.Delivered d -> {
          kind = Kind.DELIVERED;
          people = d.to().stream().map(UserId::value).toList();
        }
        case Delivery.Failed f -> {
          kind = Kind.FAILED;
          word = f.reason();
          note = f.message();
          flag = f.retryable();
        }
        case Delivery.Queued _, Delivery.Sent _ ->
            throw new IllegalArgumentException("not kept: " + event.delivery());
      }
    }

    Line finish() {
      return new Line(
          kind,
          entry.event().chatKey(),
          key,
          user,
          mine,
          at,
          target,
          transaction,
          said,
          word,
          note,
          flag,
          people,
          entry.cause(),
          entry.step());
    }
  }
}
