package dev.belfry.bench.data;

/**
 * Made-up words, each rank another one. Frequent ones are short, as in every language; about one in
 * six has an accent to fold.
 */
public final class Vocabulary {
  private static final String[] ONSETS = {
    "b", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "z", "ch", "st",
    "tr"
  };
  private static final String[] VOWELS = {"a", "e", "i", "o", "u", "ai", "é", "ö"};
  private static final int SYLLABLES = ONSETS.length * VOWELS.length;

  /** Has no factor in common with the number of syllables: neighbours in rank sound different. */
  private static final int STRIDE = 67;

  private final String[] words;

  public Vocabulary(int size) {
    words = new String[size];
    for (int rank = 0; rank < size; rank++) {
      words[rank] = spell(rank);
    }
  }

  public int size() {
    return words.length;
  }

  /** The word of a rank; 0 is the commonest. */
  public String word(int rank) {
    return words[rank];
  }

  private static String spell(int rank) {
    var word = new StringBuilder();
    int rest = rank;
    // Bijective numeration: no two ranks give the same syllables.
    do {
      int syllable = (int) ((long) (rest % SYLLABLES) * STRIDE % SYLLABLES);
      word.append(ONSETS[syllable % ONSETS.length]).append(VOWELS[syllable / ONSETS.length]);
      rest = rest / SYLLABLES - 1;
    } while (rest >= 0);
    return word.append('n').toString();
  }
}
