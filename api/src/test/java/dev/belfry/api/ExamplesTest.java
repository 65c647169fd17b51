package dev.belfry.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.belfry.api.codec.Codec;
import dev.belfry.api.codec.CodecException;
import dev.belfry.contract.Contract;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The examples of the contract, read into records and written again. */
@Tag("unit")
class ExamplesTest {
  private static final Map<String, Function<byte[], Object>> VALID =
      Map.ofEntries(
          Map.entry("AccountList", json -> Codec.readList(Account.class, json)),
          Map.entry("Chat", json -> Codec.read(Chat.class, json)),
          Map.entry("Chat.minimal", json -> Codec.read(Chat.class, json)),
          Map.entry("InfoRetrieveResponse", json -> Codec.read(Info.class, json)),
          Map.entry("Message", json -> Codec.read(Message.class, json)),
          Map.entry("MessageListPage", json -> Codec.readPage(Message.class, json)),
          Map.entry("SearchResponse", json -> Codec.read(SearchResponse.class, json)),
          Map.entry("ValidationError", json -> Codec.read(ApiError.class, json)),
          Map.entry("next.AccountList", json -> Codec.readList(Account.class, json)),
          Map.entry("next.AppState", json -> Codec.read(AppState.class, json)));

  @TestFactory
  Stream<DynamicTest> readAndWritten() {
    return VALID.entrySet().stream()
        .map(example ->
            DynamicTest.dynamicTest(
                example.getKey(),
                () -> {
                  byte[] json = example("valid/" + example.getKey());
                  Object read = example.getValue().apply(json);
                  byte[] written = Codec.toBytes(read);
                  assertEquals(Codec.tree(json), Codec.tree(written));
                  Contract.assertValid(example.getKey().replace(".minimal", ""), written);
                  assertEquals(read, example.getValue().apply(written));
                }));
  }

  @Test
  void wrongKindsAreRefusedWithTheirPath() throws IOException {
    assertFault(
        CodecException.Problem.TYPE, List.of(), fault("AccountList.wrapped", Account.class));
    assertFault(
        CodecException.Problem.TYPE,
        List.of("draft", "attachments"),
        fault("Chat.draft-attachments-array", Chat.class));
    assertFault(
        CodecException.Problem.MISSING,
        List.of("network"),
        fault("Chat.missing-network", Chat.class));
    assertFault(
        CodecException.Problem.TYPE,
        List.of("lastActivity"),
        fault("Chat.numeric-time", Chat.class));
    assertFault(
        CodecException.Problem.TYPE,
        List.of("participants"),
        fault("Chat.participants-array", Chat.class));
    assertFault(
        CodecException.Problem.TYPE,
        List.of("unreadCount"),
        fault("Chat.string-count", Chat.class));
    assertFault(
        CodecException.Problem.VALUE,
        List.of("lastActivity"),
        fault("Chat.time-without-zone", Chat.class));
    assertFault(
        CodecException.Problem.TYPE,
        List.of("sortKey"),
        fault("Message.numeric-sortkey", Message.class));
    assertFault(
        CodecException.Problem.MISSING,
        List.of("transactionID"),
        fault("ReactionAddResponse.no-transaction", ReactionAddResponse.class));
  }

  @Test
  void unknownValuesOfEnumerationsAreKept() throws IOException {
    Chat chat = Codec.read(Chat.class, example("invalid/Chat.bad-type"));
    assertEquals(new Chat.Type("channel"), chat.type());
    assertEquals("channel", assertInstanceOf(Map.class, tree(chat)).get("type"));
    Chat levels = Codec.read(Chat.class, example("invalid/Chat.bad-level"));
    assertEquals(tree(levels), Codec.tree(example("invalid/Chat.bad-level")));
  }

  private static Object tree(Object record) {
    Object tree = Codec.tree(Codec.toBytes(record));
    return tree == null ? Map.of() : tree;
  }

  private static CodecException fault(String example, Class<?> type) throws IOException {
    byte[] json = example("invalid/" + example);
    return assertThrows(
        CodecException.class,
        () -> {
          if (type == Account.class) Codec.readList(type, json);
          else Codec.read(type, json);
        });
  }

  private static void assertFault(
      CodecException.Problem problem, List<Object> path, CodecException fault) {
    assertEquals(path, fault.path(), fault::getMessage);
    assertEquals(problem, fault.problem(), fault::getMessage);
  }

  private static byte[] example(String name) throws IOException {
    return Files.readAllBytes(Contract.folder().resolve("examples/" + name + ".json"));
  }
}
