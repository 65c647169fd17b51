package dev.belfry.sandbox;

import dev.belfry.model.Delivery;
import dev.belfry.model.MessageContent;
import dev.belfry.model.UserId;
import dev.belfry.network.ChatUpdate;
import dev.belfry.network.NetworkEvent;
import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * One line of the journal: something that happened on the simulated network after its first start. Exactly one of the events is there.
 *
 * @param cause the key of the owner's message that brought it about, if one did
 * @param step which step of the answer to that message it belongs to, from 1; 0 without a cause
 */
@Json
@Json.Import({
  NetworkEvent.MessageReceived.class,
  NetworkEvent.MessageEdited.class,
  NetworkEvent.MessageDeleted.class,
  NetworkEvent.Reacted.class,
  NetworkEvent.ReadElsewhere.class,
  NetworkEvent.MarkedUnreadElsewhere.class,
  NetworkEvent.ReadByOther.class,
  Delivery.Delivered.class,
  Delivery.Failed.class,
  MessageContent.class,
  UserId.class
})
record Entry(
    @Nullable String cause,
    int step,
    NetworkEvent.@Nullable MessageReceived message,
    NetworkEvent.@Nullable MessageEdited edit,
    NetworkEvent.@Nullable MessageDeleted deletion,
    NetworkEvent.@Nullable Reacted reaction,
    NetworkEvent.@Nullable ReadElsewhere read,
    NetworkEvent.@Nullable MarkedUnreadElsewhere unread,
    NetworkEvent.@Nullable ReadByOther seen) {
}
