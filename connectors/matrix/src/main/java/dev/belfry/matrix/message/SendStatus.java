package dev.belfry.matrix.message;

import dev.belfry.matrix.json.Json;
import dev.belfry.model.Delivery;
import dev.belfry.model.UserId;
import dev.belfry.network.NetworkEvent;
import dev.belfry.network.NetworkEvent.DeliveryChanged;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a bridge's bot says of a message's way to the other network ({@code
 * com.beeper.message_send_status}).
 */
final class SendStatus {
  private SendStatus() {}

  static void read(String roomId, Json content, Instant at, List<NetworkEvent> to) {
    String target = content.at("m.relates_to").words("event_id");
    Delivery delivery = delivery(content, at);
    if (target != null && delivery != null) {
      to.add(new DeliveryChanged(roomId, target, delivery));
    }
  }

  private static @Nullable Delivery delivery(Json content, Instant at) {
    String status = content.text("status");
    return switch (status == null ? "" : status) {
      case "SUCCESS" -> {
        List<UserId> reached =
            content.at("delivered_to_users").texts().stream()
                .filter(user -> !user.isBlank())
                .map(UserId::new)
                .toList();
        yield reached.isEmpty() ? new Delivery.Sent(at) : new Delivery.Delivered(at, reached);
      }
      case "PENDING" -> new Delivery.Queued(at);
      case "FAIL_RETRIABLE" -> failed(content, at, true);
      case "FAIL_PERMANENT" -> failed(content, at, false);
      default -> null;
    };
  }

  private static Delivery failed(Json content, Instant at, boolean retryable) {
    String reason = content.words("reason");
    String message = content.words("message");
    return new Delivery.Failed(
        at,
        reason == null ? "m.event_not_handled" : reason,
        message == null ? "The bridge could not deliver this message." : message,
        retryable);
  }
}
