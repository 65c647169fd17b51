package dev.belfry.api.adapter;

import dev.belfry.api.Chat;
import dev.belfry.api.Message;
import dev.belfry.api.MessageSearchPage;
import dev.belfry.api.check.Check;
import io.avaje.json.JsonAdapter;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import io.avaje.jsonb.CustomAdapter;
import io.avaje.jsonb.Jsonb;
import io.avaje.jsonb.Types;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pages of found messages, whose cursors are written even if there are none. */
@CustomAdapter
public final class MessageSearchPageAdapter implements JsonAdapter<MessageSearchPage> {
  private final JsonAdapter<List<Message>> items;
  private final JsonAdapter<Map<String, Chat>> chats;

  /** Made by the codec. */
  public MessageSearchPageAdapter(Jsonb jsonb) {
    items = jsonb.adapter(Types.listOf(Message.class));
    chats = jsonb.adapter(Types.mapOf(Chat.class));
  }

  @Override
  public void toJson(JsonWriter writer, MessageSearchPage page) {
    writer.beginObject();
    writer.name("items");
    items.toJson(writer, page.items());
    writer.name("chats");
    chats.toJson(writer, page.chats());
    PageEnd.of(page).write(writer);
    writer.endObject();
  }

  @Override
  public MessageSearchPage fromJson(JsonReader reader) {
    @Nullable List<Message> messages = null;
    @Nullable Map<String, Chat> byId = null;
    PageEnd end = new PageEnd();
    reader.beginObject();
    while (reader.hasNextField()) {
      String name = reader.nextField();
      if (name.equals("items")) messages = items.fromJson(reader);
      else if (name.equals("chats")) byId = chats.fromJson(reader);
      else end.read(name, reader);
    }
    reader.endObject();
    return new MessageSearchPage(
        Check.required(messages, "items"),
        Check.required(byId, "chats"),
        end.hasMore,
        end.oldestCursor,
        end.newestCursor);
  }
}
