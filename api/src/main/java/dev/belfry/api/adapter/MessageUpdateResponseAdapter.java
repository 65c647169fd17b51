package dev.belfry.api.adapter;

import dev.belfry.api.Message;
import dev.belfry.api.MessageUpdateResponse;
import dev.belfry.api.check.Check;
import io.avaje.json.JsonAdapter;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import io.avaje.jsonb.CustomAdapter;
import io.avaje.jsonb.Jsonb;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One flat object: the message and further keys. */
@CustomAdapter
public final class MessageUpdateResponseAdapter implements JsonAdapter<MessageUpdateResponse> {
  private final JsonAdapter<Message> messages;

  /** Made by the codec. */
  public MessageUpdateResponseAdapter(Jsonb jsonb) {
    messages = jsonb.adapter(Message.class);
  }

  @Override
  public void toJson(JsonWriter writer, MessageUpdateResponse value) {
    messages.toJson(new FlatWriter(writer, () -> writeRest(writer, value)), value.message());
  }

  private static void writeRest(JsonWriter writer, MessageUpdateResponse value) {
    writer.name("messageID");
    StringAdapter.write(writer, value.messageID());
    writer.name("success");
    writer.value(value.success());
  }

  @Override
  public MessageUpdateResponse fromJson(JsonReader reader) {
    Rest rest = new Rest();
    Map<String, Consumer<JsonReader>> others =
        Map.of(
            "messageID", in -> rest.messageID = in.readString(),
            "success", in -> rest.success = in.readBoolean());
    Message message = messages.fromJson(new FlatReader(reader, others));
    return new MessageUpdateResponse(
        message, Check.required(rest.messageID, "messageID"), rest.success);
  }

  private static final class Rest {
    @Nullable String messageID;
    boolean success;
  }
}
