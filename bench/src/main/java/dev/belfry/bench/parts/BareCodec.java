package dev.belfry.bench.parts;

import dev.belfry.api.Chat;
import dev.belfry.api.ChatListItem;
import dev.belfry.api.Message;
import dev.belfry.api.MessageSearchPage;
import dev.belfry.api.MessageSendResponse;
import dev.belfry.api.codec.Codec;
import java.util.List;

/** The answers as records, and their writing as JSON. */
final class BareCodec {
  private BareCodec() {}

  /** What the server made its bytes from. */
  static List<?> read(String kind, List<byte[]> bodies) {
    return bodies.stream().map(body -> read(kind, body)).toList();
  }

  private static Object read(String kind, byte[] body) {
    return switch (kind) {
      case "chats" -> Codec.readPage(ChatListItem.class, body);
      case "messages" -> Codec.readPage(Message.class, body);
      case "hits" -> Codec.read(MessageSearchPage.class, body);
      case "chat" -> Codec.read(Chat.class, body);
      case "sent" -> Codec.read(MessageSendResponse.class, body);
      default -> throw new IllegalArgumentException("no such answer: " + kind);
    };
  }

  static void write(Object value) {
    if (Codec.toBytes(value).length == 0) {
      throw new IllegalStateException("nothing written");
    }
  }
}
