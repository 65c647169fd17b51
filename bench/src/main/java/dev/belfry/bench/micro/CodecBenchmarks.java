package dev.belfry.bench.micro;

import dev.belfry.api.ChatListItem;
import dev.belfry.api.Message;
import dev.belfry.api.Page;
import dev.belfry.api.codec.Codec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Pages to JSON and back, on one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@NullUnmarked // filled by JMH's setup
public class CodecBenchmarks {
  private byte[] chatsJson;
  private byte[] messagesJson;
  private Page<ChatListItem> chats;
  private Page<Message> messages;

  /** Takes the pages that a server gave. */
  @Setup
  public void read() throws IOException {
    var folder = Path.of(System.getProperty("belfry.bench.pages"));
    chatsJson = Files.readAllBytes(folder.resolve("chats.json"));
    messagesJson = Files.readAllBytes(folder.resolve("messages.json"));
    chats = readChats();
    messages = readMessages();
  }

  @Benchmark
  public byte[] writeChats() {
    return Codec.toBytes(chats);
  }

  @Benchmark
  public byte[] writeMessages() {
    return Codec.toBytes(messages);
  }

  @Benchmark
  public Page<ChatListItem> readChats() {
    return Codec.readPage(ChatListItem.class, chatsJson);
  }

  @Benchmark
  public Page<Message> readMessages() {
    return Codec.readPage(Message.class, messagesJson);
  }
}
