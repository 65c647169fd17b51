package dev.belfry.api.adapter;

import dev.belfry.api.Chat;
import dev.belfry.api.ChatListItem;
import dev.belfry.api.Message;
import io.avaje.json.JsonAdapter;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import io.avaje.jsonb.CustomAdapter;
import io.avaje.jsonb.Jsonb;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One flat object: the chat and further keys. */
@CustomAdapter
public final class ChatListItemAdapter implements JsonAdapter<ChatListItem> {
  private final JsonAdapter<Chat> chats;
  private final JsonAdapter<Message> previews;

  /** Made by the codec. */
  public ChatListItemAdapter(Jsonb jsonb) {
    chats = jsonb.adapter(Chat.class);
    previews = jsonb.adapter(Message.class);
  }

  @Override
  public void toJson(JsonWriter writer, ChatListItem value) {
    chats.toJson(new FlatWriter(writer, () -> writeRest(writer, value)), value.chat());
  }

  private void writeRest(JsonWriter writer, ChatListItem value) {
    Message preview = value.preview();
    if (preview != null) {
      writer.name("preview");
      previews.toJson(writer, preview);
    }
  }

  @Override
  public ChatListItem fromJson(JsonReader reader) {
    Rest rest = new Rest();
    Map<String, Consumer<JsonReader>> others =
        Map.of("preview", in -> rest.preview = previews.fromJson(in));
    Chat chat = chats.fromJson(new FlatReader(reader, others));
    return new ChatListItem(chat, rest.preview);
  }

  private static final class Rest {
    @Nullable Message preview;
  }
}
