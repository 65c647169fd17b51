package dev.belfry.sandbox.world;

import dev.belfry.model.ChatType;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One chat of the simulated network, before anybody has written in it.
 *
 * @param slug tells it from others; part of its key and of its events' keys
 * @param title null where it is named after its members
 * @param members handles, without the owner
 * @param strangers how many more members there are
 * @param topics what is talked about; empty for this and that
 * @param languages of the conversations, each as often as it stands here
 * @param messages how many, at least
 * @param unread the last so many are others' and unread
 * @param mentions so many of the unread mention the owner
 * @param quiet how long before the start the last message came
 * @param answering what happens to what the owner writes
 * @param sendRefusal why the owner cannot write; null where they can
 * @param shared the same on every account that has it
 * @param expirySeconds the disappearing timer
 * @param draft what the owner began to write
 * @param reminder how long after the start it fires
 * @param snooze how long after the start it ends
 */
public record Plan(
    String slug,
    ChatType type,
    @Nullable String title,
    String network,
    List<String> members,
    int strangers,
    List<String> topics,
    List<String> languages,
    int messages,
    int unread,
    int mentions,
    Duration quiet,
    Answering answering,
    @Nullable String sendRefusal,
    boolean shared,
    boolean markedUnread,
    boolean archived,
    boolean lowPriority,
    boolean muted,
    boolean pinned,
    @Nullable String description,
    boolean avatar,
    @Nullable Integer expirySeconds,
    @Nullable String draft,
    @Nullable Duration reminder,
    @Nullable Duration snooze) {

  /** What happens to what the owner writes. */
  public enum Answering {
    /** It is delivered, read and answered. */
    ANSWERS,
    /** It is delivered and nothing more. */
    SILENT,
    /** The network takes it and later says that it could not be delivered. */
    BOUNCES,
    /** A bot carries out commands. */
    FAULTS
  }

  /** The chat's key on the network. */
  public String key() {
    return "!" + slug + ":" + World.DOMAIN;
  }

  /** The key of an event in its timeline. */
  public String eventKey(int index) {
    return "$" + slug + "-" + index;
  }

  boolean readOnly() {
    return sendRefusal != null;
  }

  static Builder direct(String handle) {
    Builder builder = new Builder(handle, ChatType.SINGLE, List.of(handle));
    builder.languages = List.of();
    return builder;
  }

  static Builder group(String slug, @Nullable String title, String... members) {
    Builder builder = new Builder(slug, ChatType.GROUP, List.of(members));
    builder.title = title;
    return builder;
  }

  /** A chat that begins now. */
  static Builder opened(String slug, ChatType type, @Nullable String title, List<String> members) {
    Builder builder = new Builder(slug, type, members);
    builder.title = title;
    builder.messages = 0;
    builder.quiet = Duration.ZERO;
    builder.languages = List.of();
    return builder;
  }

  /** Begins with a middling chat that is read and rests since yesterday. */
  static final class Builder {
    private String slug;
    private final ChatType type;
    private final List<String> members;
    private @Nullable String title;
    private String network = World.NETWORK;
    private int strangers;
    private List<String> topics = List.of();
    private List<String> languages = List.of("en");
    private int messages = 40;
    private int unread;
    private int mentions;
    private Duration quiet = Duration.ofDays(1);
    private Answering answering = Answering.ANSWERS;
    private @Nullable String sendRefusal;
    private boolean shared;
    private boolean markedUnread;
    private boolean archived;
    private boolean lowPriority;
    private boolean muted;
    private boolean pinned;
    private @Nullable String description;
    private boolean avatar;
    private @Nullable Integer expirySeconds;
    private @Nullable String draft;
    private @Nullable Duration reminder;
    private @Nullable Duration snooze;

    private Builder(String slug, ChatType type, List<String> members) {
      this.slug = slug;
      this.type = type;
      this.members = members;
    }

    /** For a person who has a chat on another account already. */
    Builder slug(String value) {
      slug = value;
      return this;
    }

    Builder title(String value) {
      title = value;
      return this;
    }

    /** Behind a bridge, as it were. */
    Builder bridged(String value) {
      network = value + " (simulated)";
      return this;
    }

    Builder strangers(int count) {
      strangers = count;
      return this;
    }

    Builder about(String... values) {
      topics = List.of(values);
      return this;
    }

    Builder in(String... values) {
      languages = List.of(values);
      return this;
    }

    Builder messages(int count) {
      messages = count;
      return this;
    }

    Builder unread(int count, int mentioning) {
      unread = count;
      mentions = mentioning;
      return this;
    }

    Builder quiet(Duration value) {
      quiet = value;
      return this;
    }

    Builder answering(Answering value) {
      answering = value;
      return this;
    }

    Builder readOnly(String why) {
      sendRefusal = why;
      return this;
    }

    Builder shared() {
      shared = true;
      return this;
    }

    Builder markedUnread() {
      markedUnread = true;
      return this;
    }

    Builder archived() {
      archived = true;
      return this;
    }

    Builder lowPriority() {
      lowPriority = true;
      return this;
    }

    Builder muted() {
      muted = true;
      return this;
    }

    Builder pinned() {
      pinned = true;
      return this;
    }

    Builder description(String value) {
      description = value;
      return this;
    }

    Builder avatar() {
      avatar = true;
      return this;
    }

    Builder expires(Duration value) {
      expirySeconds = Math.toIntExact(value.toSeconds());
      return this;
    }

    Builder draft(String value) {
      draft = value;
      return this;
    }

    Builder reminder(Duration value) {
      reminder = value;
      return this;
    }

    Builder snooze(Duration value) {
      snooze = value;
      return this;
    }

    /**
     * @param people where a direct chat's language comes from
     */
    Plan build(People people) {
      List<String> spoken =
          languages.isEmpty() ? List.of(people.named(members.getFirst()).language()) : languages;
      return new Plan(
          slug,
          type,
          title,
          network,
          members,
          strangers,
          topics,
          spoken,
          messages,
          unread,
          mentions,
          quiet,
          answering,
          sendRefusal,
          shared,
          markedUnread,
          archived,
          lowPriority,
          muted,
          pinned,
          description,
          avatar,
          expirySeconds,
          draft,
          reminder,
          snooze);
    }
  }
}
