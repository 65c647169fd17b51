package dev.belfry.network;

import dev.belfry.api.Capabilities;
import dev.belfry.api.Field;
import dev.belfry.model.ChatType;
import dev.belfry.model.Draft;
import dev.belfry.model.Reminder;
import dev.belfry.model.Snooze;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a network says about a chat. Null, or an absent field, leaves alone what the hub knows;
 * nothing in a field clears it.
 *
 * @param title the network's name for the chat; where there is none the hub makes one from the
 *     members
 * @param network the readable name of the network behind a bridge
 * @param description the topic
 * @param imgURL the avatar: an mxc, http(s) or file URL
 * @param archived and the other flags: as the network keeps them for the owner
 * @param sendRefusal why nothing can be sent, for people
 * @param messageExpirySeconds the disappearing timer, seconds
 * @param createdAt when the chat came to be: its place in the list while it has no message
 */
public record ChatUpdate(
    @Nullable ChatType type,
    Field<String> title,
    @Nullable String network,
    Field<String> description,
    Field<String> imgURL,
    @Nullable Boolean archived,
    @Nullable Boolean lowPriority,
    @Nullable Boolean muted,
    @Nullable Boolean pinned,
    @Nullable Boolean readOnly,
    Field<String> sendRefusal,
    Field<Integer> messageExpirySeconds,
    Field<Draft> draft,
    Field<Reminder> reminder,
    Field<Snooze> snooze,
    @Nullable Capabilities capabilities,
    @Nullable Instant createdAt) {

  /** The same with these flags. */
  public ChatUpdate withFlags(
      @Nullable Boolean nowArchived,
      @Nullable Boolean nowLowPriority,
      @Nullable Boolean nowMuted,
      @Nullable Boolean nowPinned) {
    return new ChatUpdate(
        type,
        title,
        network,
        description,
        imgURL,
        nowArchived,
        nowLowPriority,
        nowMuted,
        nowPinned,
        readOnly,
        sendRefusal,
        messageExpirySeconds,
        draft,
        reminder,
        snooze,
        capabilities,
        createdAt);
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Begins with nothing said. */
  public static final class Builder {
    private @Nullable ChatType type;
    private Field<String> title = Field.absent();
    private @Nullable String network;
    private Field<String> description = Field.absent();
    private Field<String> imgURL = Field.absent();
    private @Nullable Boolean archived;
    private @Nullable Boolean lowPriority;
    private @Nullable Boolean muted;
    private @Nullable Boolean pinned;
    private @Nullable Boolean readOnly;
    private Field<String> sendRefusal = Field.absent();
    private Field<Integer> messageExpirySeconds = Field.absent();
    private Field<Draft> draft = Field.absent();
    private Field<Reminder> reminder = Field.absent();
    private Field<Snooze> snooze = Field.absent();
    private @Nullable Capabilities capabilities;
    private @Nullable Instant createdAt;

    private Builder() {}

    public Builder type(ChatType value) {
      type = value;
      return this;
    }

    public Builder title(@Nullable String value) {
      title = Field.ofNullable(value);
      return this;
    }

    public Builder network(String value) {
      network = value;
      return this;
    }

    public Builder description(@Nullable String value) {
      description = Field.ofNullable(value);
      return this;
    }

    public Builder imgURL(@Nullable String value) {
      imgURL = Field.ofNullable(value);
      return this;
    }

    public Builder archived(boolean value) {
      archived = value;
      return this;
    }

    public Builder lowPriority(boolean value) {
      lowPriority = value;
      return this;
    }

    public Builder muted(boolean value) {
      muted = value;
      return this;
    }

    public Builder pinned(boolean value) {
      pinned = value;
      return this;
    }

    public Builder readOnly(boolean value) {
      readOnly = value;
      return this;
    }

    public Builder sendRefusal(@Nullable String value) {
      sendRefusal = Field.ofNullable(value);
      return this;
    }

    public Builder messageExpirySeconds(@Nullable Integer value) {
      messageExpirySeconds = Field.ofNullable(value);
      return this;
    }

    public Builder draft(@Nullable Draft value) {
      draft = Field.ofNullable(value);
      return this;
    }

    public Builder reminder(@Nullable Reminder value) {
      reminder = Field.ofNullable(value);
      return this;
    }

    public Builder snooze(@Nullable Snooze value) {
      snooze = Field.ofNullable(value);
      return this;
    }

    public Builder capabilities(Capabilities value) {
      capabilities = value;
      return this;
    }

    public Builder createdAt(Instant value) {
      createdAt = value;
      return this;
    }

    public ChatUpdate build() {
      return new ChatUpdate(
          type,
          title,
          network,
          description,
          imgURL,
          archived,
          lowPriority,
          muted,
          pinned,
          readOnly,
          sendRefusal,
          messageExpirySeconds,
          draft,
          reminder,
          snooze,
          capabilities,
          createdAt);
    }
  }
}
