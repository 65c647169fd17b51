package dev.belfry.api.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.Chat;
import dev.belfry.api.Message;
import dev.belfry.api.Page;
import dev.belfry.api.Participants;
import dev.belfry.api.User;
import dev.belfry.api.codec.CodecException.Problem;
import dev.belfry.api.request.ChatCreateParams;
import dev.belfry.api.request.ChatUpdateParams;
import dev.belfry.api.request.MessageSendParams;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the codec takes, refuses and writes. */
@Tag("unit")
class CodecTest {
  // -- malformed input

  @Test
  void everyCutIsRefused() {
    byte[] whole =
        "{\"id\":\"ä😀\\n\",\"isSelf\":true,\"x\":[1.5e3,null,{\"y\":\"z\"}]}".getBytes(UTF_8);
    assertEquals("ä😀\n", Codec.read(User.class, whole).id());
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertEquals(Problem.SYNTAX, fault(User.class, cut).problem(), "cut at " + length);
      assertThrows(CodecException.class, () -> Codec.tree(cut), "cut at " + length);
    }
  }

  @Test
  void malformedJsonIsRefused() {
    for (String json :
        List.of(
            "",
            " ",
            "{}x",
            "{} {}",
            "[1,]",
            "[,1]",
            "[1 2]",
            "{\"a\":1,}",
            "{\"a\":1 \"b\":2}",
            "{\"a\" 1}",
            "{a:1}",
            "{'a':1}",
            "{\"a\":}",
            "[1}",
            "{\"a\":1]",
            "tru",
            "truex",
            "nul",
            "nulls",
            "NaN",
            "Infinity",
            "+1",
            "01",
            "-",
            "-01",
            "1.",
            ".5",
            "1e",
            "1e+",
            "0x10",
            "1_000",
            "\"a",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\\u12g4\"",
            "\"a\nb\"",
            "\"a\tb\"",
            "// comment\n1",
            "\uFEFF{}",
            "[\u00a01]")) {
      assertEquals(Problem.SYNTAX, treeFault(json).problem(), json);
    }
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    byte[] latin = "{\"id\":\"ä\"}".getBytes(ISO_8859_1);
    assertEquals(Problem.SYNTAX, fault(User.class, latin).problem());
    byte[] surrogate = {'"', (byte) 0xed, (byte) 0xa0, (byte) 0xbd, '"'};
    assertThrows(CodecException.class, () -> Codec.tree(surrogate));
  }

  @Test
  void aKeyGivenTwiceIsRefusedEverywhere() {
    for (String json :
        List.of(
            "{\"id\":\"a\",\"id\":\"a\"}",
            "{\"id\":\"a\",\"i\\u0064\":\"b\"}",
            "{\"id\":\"a\",\"unknown\":{\"x\":1,\"x\":2}}",
            "{\"id\":\"a\",\"unknown\":1,\"unknown\":2}")) {
      assertEquals(Problem.SYNTAX, fault(User.class, json.getBytes(UTF_8)).problem(), json);
      assertEquals(Problem.SYNTAX, treeFault(json).problem(), json);
    }
  }

  @Test
  void depthIsBounded() {
    int deep = 100_000;
    assertEquals(Problem.DEPTH, treeFault("[".repeat(deep)).problem());
    assertEquals(Problem.DEPTH, treeFault("{\"a\":".repeat(deep)).problem());
    String unknown = "{\"id\":\"a\",\"x\":" + "[".repeat(deep) + "]".repeat(deep) + "}";
    assertEquals(Problem.DEPTH, fault(User.class, unknown.getBytes(UTF_8)).problem());
    String limit = "[".repeat(Codec.MAX_DEPTH) + "]".repeat(Codec.MAX_DEPTH);
    assertEquals(1, ((List<?>) tree(limit)).size());
    assertEquals(Problem.DEPTH, treeFault("[" + limit + "]").problem());
  }

  // -- numbers

  @Test
  void numbersBecomeWhatHoldsThem() {
    assertEquals(
        List.of(
            0L,
            -1L,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            new BigDecimal("9223372036854775808"),
            1.5,
            1000.0,
            -0.0),
        tree(
            "[0, -1, 9223372036854775807, -9223372036854775808, 9223372036854775808, 1.5, 1e3, "
                + "-0.0]"));
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    assertEquals(Problem.VALUE, treeFault("1e999").problem());
    assertEquals(Problem.VALUE, treeFault("[-1e999]").problem());
    assertEquals(Problem.VALUE, treeFault("9".repeat(10_000)).problem());
    assertEquals(Problem.VALUE, fault(User.class, bytes("{\"id\":\"a\",\"x\":1e999}")).problem());
    for (String count : List.of("1.5", "2147483648", "1e99", "1e999999999", "-1e-999999999")) {
      CodecException fault =
          fault(Participants.class, bytes("{\"items\":[],\"total\":" + count + "}"));
      assertEquals(Problem.VALUE, fault.problem(), count);
      assertEquals(List.of("total"), fault.path());
    }
  }

  @Test
  void wholeNumbersMayBeWrittenAsDecimals() {
    byte[] json = bytes("{\"items\":[],\"hasMore\":false,\"total\":2.10e1}");
    assertEquals(21, Codec.read(Participants.class, json).total());
  }

  // -- faults

  @Test
  void faultsNamePathAndKinds() {
    CodecException fault =
        fault(
            Participants.class,
            bytes("{\"items\":[{\"id\":\"a\"},{\"id\":\"b\",\"isAdmin\":\"yes\"}],\"total\":2}"));
    assertEquals(Problem.TYPE, fault.problem());
    assertEquals(List.of("items", 1, "isAdmin"), fault.path());
    assertEquals("boolean", fault.expected());
    assertEquals("string", fault.received());
    assertEquals("Expected boolean, received string at items.1.isAdmin", fault.getMessage());
  }

  @Test
  void whatIsMissingIsNamed() {
    CodecException inList =
        fault(Participants.class, bytes("{\"items\":[{\"id\":\"a\"},{}],\"total\":2}"));
    assertEquals(Problem.MISSING, inList.problem());
    assertEquals(List.of("items", 1, "id"), inList.path());
    CodecException isNull = fault(User.class, bytes("{\"id\":null}"));
    assertEquals(Problem.MISSING, isNull.problem());
    CodecException nullItem =
        fault(
            ChatCreateParams.class,
            bytes("{\"accountID\":\"a\",\"type\":\"single\",\"participantIDs\":[null]}"));
    assertEquals(Problem.MISSING, nullItem.problem());
    assertThrows(CodecException.class, () -> Codec.readPage(User.class, bytes("{}")));
  }

  @Test
  void nullAloneIsNoObject() {
    assertEquals(Problem.TYPE, fault(User.class, bytes("null")).problem());
    assertNull(Codec.tree(bytes(" null ")));
  }

  @Test
  void faultsNeverTellTheText() {
    byte[] json = bytes("{\"id\":\"a\",\"isSelf\":\"secret words\"}");
    assertFalse(String.valueOf(fault(User.class, json).getMessage()).contains("secret"));
    byte[] time = bytes("{\"remindAt\":\"secret words\"}");
    CodecException fault = fault(dev.belfry.api.Reminder.class, time);
    assertFalse(String.valueOf(fault.getMessage()).contains("secret"));
    assertEquals(List.of("remindAt"), fault.path());
  }

  @Test
  void mapsOfMapsAreNoReadState() {
    byte[] json = bytes("{\"seen\":{\"a\":{\"b\":true}}}");
    assertEquals(List.of("seen", "a"), fault(Message.class, json).path());
  }

  // -- leniency

  @Test
  void unknownKeysAndNullsOfOptionalValuesAreTaken() {
    byte[] json =
        bytes("{\"text\":\"hi\",\"attachment\":null,\"mentions\":[{\"a\":[1,{}]}],\"x\":\"\\\"\"}");
    assertEquals(MessageSendParams.ofText("hi"), Codec.read(MessageSendParams.class, json));
  }

  @Test
  void cursorsMayBeLeftOut() {
    Page<User> page = Codec.readPage(User.class, bytes("{\"items\":[],\"extra\":{\"a\":[]}}"));
    assertEquals(Page.empty(), page);
  }

  @Test
  void streamsAreRead() {
    var json = new ByteArrayInputStream(bytes("{\"id\":\"u\"}"));
    assertEquals(User.of("u"), Codec.read(User.class, json));
  }

  // -- absent, nothing, value

  @Test
  void absentNothingAndValueAreThreeThings() {
    ChatUpdateParams read =
        Codec.read(ChatUpdateParams.class, bytes("{\"title\":null,\"description\":\"d\"}"));
    assertTrue(read.title().isNothing());
    assertEquals("d", read.description().orNull());
    assertTrue(read.imgURL().isAbsent());
    assertEquals("{\"description\":\"d\",\"title\":null}", Codec.toText(read));
  }

  @Test
  void nothingDoesNotSpillOverToTheNextKey() {
    var params = ChatUpdateParams.builder().description(null).messageExpirySeconds(5L).build();
    assertEquals("{\"description\":null,\"messageExpirySeconds\":5}", Codec.toText(params));
    assertEquals("{}", Codec.toText(ChatUpdateParams.builder().build()));
  }

  @Test
  void cursorsAreWrittenAsNull() {
    assertEquals(
        "{\"items\":[],\"hasMore\":false,\"oldestCursor\":null,\"newestCursor\":null}",
        Codec.toText(Page.empty()));
  }

  // -- texts and times

  @Test
  void loneSurrogatesSurvive() {
    for (String text : List.of("\ud83d", "a\udc00b", "😀\ud83d", "\ud83d\ud83d\ude00\ude00\n\"")) {
      byte[] json = Codec.toBytes(User.of(text));
      assertEquals(text, Codec.read(User.class, json).id());
      assertEquals(Map.of("id", text), Codec.tree(Codec.toBytes(Map.of("id", text))));
    }
    assertEquals("{\"id\":\"\\ud83d\"}", Codec.toText(User.of("\ud83d")));
  }

  @Test
  void longAndOddTextsSurvive() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 20_000; i++) text.append("aé€😀\u0000\u001f\u007f\u2028\"\\/").append(i);
    byte[] json = Codec.toBytes(User.of(text.toString()));
    assertEquals(text.toString(), Codec.read(User.class, json).id());
  }

  @Test
  void timesHaveMillisecondsAndAnyOffsetIsRead() {
    assertEquals("1970-01-01T00:00:00.000Z", Timestamp.format(Instant.EPOCH));
    assertEquals(
        "2025-08-31T23:30:12.520Z",
        Timestamp.format(Timestamp.parse("2025-09-01T01:30:12.520999+02:00")));
    assertEquals(Instant.EPOCH, Timestamp.parse("1970-01-01T00:00:00Z"));
    for (String text : List.of("2025-08-31T23:30:12", "2025-08-31", "1756683012520", "now", "")) {
      assertThrows(IllegalArgumentException.class, () -> Timestamp.parse(text), text);
    }
  }

  @Test
  void timesOfAllYearsAreWrittenAsJavaWritesThem() {
    var random = new Random(7);
    var wanted = new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);
    for (int i = 0; i < 20_000; i++) {
      var time = Instant.ofEpochMilli(random.nextLong(-62_167_219_200_000L, 253_402_300_800_000L));
      assertEquals(wanted.format(time), Timestamp.format(time));
    }
    assertEquals(
        "-0001-12-31T23:59:59.999Z", Timestamp.format(Instant.ofEpochMilli(-62_167_219_200_001L)));
    assertEquals(
        "+10000-01-01T00:00:00.000Z", Timestamp.format(Instant.ofEpochMilli(253_402_300_800_000L)));
  }

  @Test
  void numbersWithoutFractionAreWrittenWithoutOne() {
    assertEquals(
        "{\"width\":800,\"height\":0.5}", Codec.toText(new dev.belfry.api.Size(800d, 0.5)));
  }

  @Test
  void buildersRefuseWhatIsNotWhole() {
    var fault = assertThrows(IllegalArgumentException.class, () -> Chat.builder().build());
    assertEquals("id is missing", fault.getMessage());
  }

  private static byte[] bytes(String json) {
    return json.getBytes(UTF_8);
  }

  private static @Nullable Object treeOrNull(String json) {
    return Codec.tree(bytes(json));
  }

  private static Object tree(String json) {
    Object tree = treeOrNull(json);
    if (tree == null) throw new AssertionError("null");
    return tree;
  }

  private static CodecException treeFault(String json) {
    return assertThrows(CodecException.class, () -> Codec.tree(bytes(json)), json);
  }

  private static CodecException fault(Class<?> type, byte[] json) {
    return assertThrows(CodecException.class, () -> Codec.read(type, json));
  }
}
