package dev.belfry.matrix.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class JsonTest {
  @Test
  void whatIsNotThereOrOfAnotherKindIsNothing() {
    Json json = Json.parse("{\"a\":{\"b\":[1,\"x\",null]},\"c\":\"text\",\"d\":true}");
    assertNull(json.text("a"));
    assertNull(json.at("c", "deeper", "still").text());
    assertNull(json.number("c"));
    assertTrue(json.at("nowhere").items().isEmpty());
    assertEquals(List.of("x"), json.at("a", "b").texts());
    assertTrue(json.isTrue("d"));
    assertFalse(json.isTrue("c"));
    assertTrue(Json.parse("{\"a\":").isNothing());
    assertTrue(Json.parse(null).isNothing());
  }

  @Test
  void numbersOfEveryKindAreReadOrLeft() {
    Json json =
        Json.parse(
            "{\"a\":12,\"b\":12.0,\"c\":\"50\",\"d\":1e400,\"e\":123456789012345678901234567890,\"f\":-3,\"g\":1e30}");
    assertEquals(12, json.number("a"));
    assertEquals(12, json.number("b"));
    assertEquals(50, json.number("c"));
    assertNull(json.number("d"));
    assertNull(json.number("e"));
    assertNull(json.size("f"));
    assertNull(json.number("g"));
  }

  @Test
  void depthNeitherOverflowsNorEndsTheReading() throws Exception {
    String deep = "[".repeat(200_000) + "]".repeat(200_000);
    Json json = Json.parse("{\"deep\":" + deep + ",\"after\":\"here\"}");
    assertEquals("here", json.text("after"));
    List<String> seen = new ArrayList<>();
    try (JsonStream in = JsonStream.of("{\"skipped\":" + deep + ",\"taken\":1}")) {
      in.object(seen::add);
    }
    assertEquals(List.of("skipped", "taken"), seen);
  }

  @Test
  void writingIsReadingBack() {
    String text = "{\"a\":[1,2.5,true,null,\"\\u0000 \\\" ü\"],\"b\":{\"c\":{}}}";
    assertEquals(text, Json.parse(text).toString());
    assertEquals(
        "{\"a\":1,\"b\":\"x\"}", Json.parse("{\"a\":1}").with("b", Json.of("x")).toString());
  }

  @Test
  void aCutOffAnswerIsAnError() {
    assertThrows(
        IOException.class,
        () -> {
          try (JsonStream in = JsonStream.of("{\"a\":{\"b\":")) {
            in.object(_ -> in.value());
          }
        });
  }

  @Test
  void linesSurviveACrashInTheMiddleOfOne(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("x.jsonl");
    JsonLines lines = new JsonLines(file);
    lines.append(List.of("{\"n\":1}", "{\"n\":2}"));
    Files.writeString(file, "{\"n\":3,\"cut", StandardOpenOption.APPEND);
    JsonLines again = new JsonLines(file);
    assertEquals(2, again.read().size());
    again.append(List.of("{\"n\":4}"));
    List<Json> read = new JsonLines(file).read();
    assertEquals(3, read.size());
    assertEquals(4, read.getLast().number("n"));
    again.rewrite(List.of("{\"n\":5}"));
    assertEquals(1, new JsonLines(file).read().size());
  }
}
