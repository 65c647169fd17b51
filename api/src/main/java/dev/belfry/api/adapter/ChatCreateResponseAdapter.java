package dev.belfry.api.adapter;

import dev.belfry.api.Chat;
import dev.belfry.api.ChatCreateResponse;
import dev.belfry.api.ChatOrigin;
import dev.belfry.api.check.Check;
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
public final class ChatCreateResponseAdapter implements JsonAdapter<ChatCreateResponse> {
  private final JsonAdapter<Chat> chats;
  private final JsonAdapter<ChatOrigin> origins;

  /** Made by the codec. */
  public ChatCreateResponseAdapter(Jsonb jsonb) {
    chats = jsonb.adapter(Chat.class);
    origins = jsonb.adapter(ChatOrigin.class);
  }

  @Override
  public void toJson(JsonWriter writer, ChatCreateResponse value) {
    chats.toJson(new FlatWriter(writer, () -> writeRest(writer, value)), value.chat());
  }

  private void writeRest(JsonWriter writer, ChatCreateResponse value) {
    writer.name("chatID");
    StringAdapter.write(writer, value.chatID());
    ChatOrigin status = value.status();
    if (status != null) {
      writer.name("status");
      origins.toJson(writer, status);
    }
  }

  @Override
  public ChatCreateResponse fromJson(JsonReader reader) {
    Rest rest = new Rest();
    Map<String, Consumer<JsonReader>> others =
        Map.of(
            "chatID", in -> rest.chatID = in.readString(),
            "status", in -> rest.status = origins.fromJson(in));
    Chat chat = chats.fromJson(new FlatReader(reader, others));
    return new ChatCreateResponse(chat, Check.required(rest.chatID, "chatID"), rest.status);
  }

  private static final class Rest {
    @Nullable String chatID;
    @Nullable ChatOrigin status;
  }
}
