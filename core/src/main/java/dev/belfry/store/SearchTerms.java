package dev.belfry.store;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a person typed to search for, taken apart as messages are.
 *
 * @param whole words that must occur
 * @param beginnings of words that must occur
 * @param runs longer runs of a script without spaces, folded: the index knows only their pairs
 * @param isHopeless whether something was typed that no message can hold a word of
 */
record SearchTerms(
    Set<String> whole, Set<String> beginnings, List<String> runs, boolean isHopeless) {
  private static final int PAIR = 2;

  static SearchTerms of(String typed) {
    var whole = new LinkedHashSet<String>();
    var beginnings = new LinkedHashSet<String>();
    var runs = new ArrayList<String>();
    var inPairs = new HashSet<String>();
    for (var part : typed.split("\\s+", -1)) {
      boolean open = part.endsWith("*");
      var words = SearchWords.of(open ? part.substring(0, part.length() - 1) : part);
      if (open && words.size() == 1) {
        beginnings.addAll(words);
      } else {
        whole.addAll(words);
      }
      var folded = folded(part).toLowerCase(Locale.ROOT);
      runs.addAll(SearchWords.unspacedRuns(folded, PAIR + 1));
      // A pair holds its characters; asked for by themselves they only cost time.
      SearchWords.unspacedRuns(folded, PAIR).stream()
          .flatMapToInt(String::codePoints)
          .forEach(point -> inPairs.add(Character.toString(point)));
    }
    whole.removeAll(inPairs);
    boolean hopeless = !typed.isBlank() && whole.isEmpty() && beginnings.isEmpty();
    return new SearchTerms(whole, beginnings, runs, hopeless);
  }

  /** Without accents and compatibility forms, as the words of the index are. */
  static String folded(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKD).replaceAll("\\p{M}+", "");
  }
}
