package dev.belfry.sandbox.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class SmallTalkTest {
  private static final List<String> LANGUAGES =
      List.of(
          "en", "de", "fr", "es", "pt", "pl", "ru", "el", "ar", "he", "hi", "th", "zh", "ja", "ko");

  @Test
  void everyLanguageTalksAndAnswers() {
    for (String language : LANGUAGES) {
      SmallTalk talk = SmallTalk.in(language);
      assertTrue(talk.exchange(new Dice(language), List.of(), 2).lines().size() > 1);
      for (String text : List.of("hello", "thanks", "why?", "https://example.org", "ok")) {
        String answer = talk.answer(text, false, new Dice(text));
        assertFalse(answer.isBlank() || answer.contains("{"), () -> language + ": " + answer);
      }
    }
  }

  @Test
  void answersFitTheOccasion() {
    SmallTalk talk = SmallTalk.in("de");
    assertTrue(talk.answer("Danke dir!", false, new Dice("1")).matches("Gern.*|Jederzeit.*"));
    assertTrue(talk.answer("Hallo", false, new Dice("1")).matches("Hallo!.*|Hi!.*|Moin.*"));
    assertNotEquals(
        talk.answer("Hi", false, new Dice("1")), talk.answer("Kommst du?", false, new Dice("1")));
  }

  @Test
  void gapsStayFilledAsTheyWere() {
    SmallTalk talk = SmallTalk.in("en");
    Map<String, String> chosen = new HashMap<>(Map.of("dish", "soup"));
    assertEquals("Soup? I like soup.", talk.fill("{dish}? I like {dish}.", chosen, new Dice("")));
  }

  @Test
  void topicsDecide() {
    for (int i = 0; i < 20; i++) {
      assertEquals(
          "music", SmallTalk.in("en").exchange(new Dice("x" + i), List.of("music"), 3).topic());
    }
  }
}
