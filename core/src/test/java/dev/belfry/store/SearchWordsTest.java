package dev.belfry.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class SearchWordsTest {
  private static List<String> words(String text) {
    return List.copyOf(SearchWords.of(text));
  }

  @Test
  void wordsInLowerCaseEachOnce() {
    assertEquals(List.of("hello", "world", "2024"), words("Hello, WORLD! hello 2024"));
    assertEquals(List.of(), words(""));
    assertEquals(List.of(), words(" \t\n.,;:!?\"'()[]{}<>/\\|@#$%^&*-_=+~`\u0000"));
  }

  @Test
  void accentsAreFolded() {
    assertEquals(words("Muenchen uber cafe"), words("Muenchen \u00fcber caf\u00e9"));
    assertEquals(words("cafe\u0301"), words("caf\u00e9"));
    assertEquals(List.of("istanbul"), words("\u0130stanbul"));
    assertEquals(words("\u03ac\u03bb\u03c6\u03b1"), words("\u0391\u039b\u03a6\u0391"));
    assertEquals(List.of("\u0438\u043e\u0434"), words("\u0419\u043e\u0434"));
    assertEquals(
        words("\u0627\u0644\u0633\u0644\u0627\u0645"),
        words("\u0627\u0644\u0633\u0651\u064e\u0644\u0627\u0645"));
    assertEquals(words("\u05e9\u05dc\u05d5\u05dd"), words("\u05e9\u05b8\u05dc\u05d5\u05b9\u05dd"));
  }

  @Test
  void formsOfTheSameLetterAreOne() {
    assertEquals(List.of("abc123"), words("\uff21\uff22\uff23\uff11\uff12\uff13"));
    assertEquals(List.of("file"), words("\ufb01le"));
    assertEquals(List.of("x2"), words("x\u00b2"));
    assertEquals(List.of("a"), words("\ud835\udc9c"), "mathematical script");
  }

  @Test
  void scriptsWithoutSpacesGiveCharactersAndPairs() {
    assertEquals(
        List.of("\u4e1c", "\u4eac", "\u4e1c\u4eac", "\u90fd", "\u4eac\u90fd"),
        words("\u4e1c\u4eac\u90fd"));
    assertEquals(
        List.of("\u4e1c", "\u4eac", "\u4e1c\u4eac", "tower", "\u5854"),
        words("\u4e1c\u4eac tower\u5854"));
    assertTrue(SearchWords.of("\u3053\u3093\u306b\u3061\u306f").contains("\u3093\u306b"));
    assertTrue(SearchWords.of("\u30e9\u30fc\u30e1\u30f3").contains("\u30e1\u30f3"));
    assertTrue(SearchWords.of("\u0e01\u0e32\u0e23").contains("\u0e01\u0e32"));
    assertTrue(
        SearchWords.of("\ud840\udc00\u4e00").contains("\ud840\udc00\u4e00"), "beyond the BMP");
  }

  @Test
  void hangulIsWords() {
    assertEquals(1, words("\ud55c\uad6d\uc5b4").size());
    assertEquals(
        words("\ud55c\uad6d\uc5b4"), words("\u1112\u1161\u11ab\u1100\u116e\u11a8\u110b\u1165"));
  }

  @Test
  void emojiAreWords() {
    assertEquals(List.of("hi", "\ud83d\ude00", "you"), words("hi\ud83d\ude00you"));
    assertTrue(SearchWords.of("\ud83d\udc4d\ud83c\udffd").contains("\ud83d\udc4d"), "any skin");
    assertTrue(SearchWords.of("\u2764\ufe0f").contains("\u2764"));
    assertTrue(
        SearchWords.of("\ud83d\udc68\u200d\ud83d\udc69")
            .containsAll(Set.of("\ud83d\udc68", "\ud83d\udc69")));
    assertEquals(List.of("1"), words("1\ufe0f\u20e3"));
  }

  @Test
  void nothingLooksLikeATag() {
    for (var text :
        List.of(
            "#c1 #s2", "\uff03c1", "#\ufe0f\u20e3", "a#c1", "\"#c1\"", "\ufe5f k", "\u266fc1")) {
      assertNoTag(text);
    }
    var random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      var text = new StringBuilder();
      for (int j = 0; j < 6; j++) {
        text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
      }
      assertNoTag(text.append("#c1").toString());
    }
  }

  private static void assertNoTag(String text) {
    for (var word : SearchWords.of(text)) {
      assertTrue(word.indexOf('#') < 0 && word.indexOf('"') < 0 && word.indexOf(' ') < 0, word);
      assertTrue(!word.isBlank());
    }
  }

  @Test
  void longWordsAreCut() {
    var words = words("x".repeat(1000));
    assertEquals(1, words.size());
    assertEquals(64, words.getFirst().length());
    assertEquals(1, words("\u0301".repeat(100_000) + "a").size());
  }

  @Test
  void halfACharacterIsNoTrouble() {
    assertEquals(List.of("a", "b"), words("a\ud83db"));
  }
}
