package dev.belfry.store;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Splits text into the words that are searched: lower case, accents folded. Scripts written without
 * spaces give each character and each pair of neighbours; an emoji is a word. A word holds letters,
 * digits and symbols beyond ASCII only, and so can never look like a tag of the index.
 */
final class SearchWords {
  private static final int LONGEST_WORD = 64;

  private final Set<String> words = new LinkedHashSet<>();
  private final StringBuilder word = new StringBuilder();
  private int previous = -1;

  private SearchWords() {}

  /** The words of {@code text}, each once, in order of appearance. */
  static Set<String> of(String text) {
    var words = new SearchWords();
    Normalizer.normalize(text, Normalizer.Form.NFKD)
        .toLowerCase(Locale.ROOT)
        .codePoints()
        .forEach(words::take);
    words.endWord();
    return words.words;
  }

  private void take(int point) {
    if (isMark(point)) {
      return;
    }
    if (isUnspaced(point)) {
      endWord();
      words.add(Character.toString(point));
      if (previous >= 0) {
        words.add(Character.toString(previous) + Character.toString(point));
      }
      previous = point;
      return;
    }
    previous = -1;
    if (Character.isLetterOrDigit(point)) {
      if (word.length() < LONGEST_WORD) {
        word.appendCodePoint(point);
      }
    } else {
      endWord();
      if (isPictograph(point)) {
        words.add(Character.toString(point));
      }
    }
  }

  private void endWord() {
    if (!word.isEmpty()) {
      words.add(word.toString());
      word.setLength(0);
    }
  }

  private static boolean isMark(int point) {
    return switch (Character.getType(point)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
          true;
      default -> false;
    };
  }

  private static boolean isUnspaced(int point) {
    if (point < 0x0E00 || !Character.isLetter(point)) {
      return false;
    }
    return switch (UnicodeScript.of(point)) {
      case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
      default -> false;
    };
  }

  private static boolean isPictograph(int point) {
    return point > 0x7F && (Character.isEmoji(point) || Character.isEmojiPresentation(point));
  }
}
