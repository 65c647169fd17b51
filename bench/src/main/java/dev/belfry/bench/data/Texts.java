package dev.belfry.bench.data;

import java.util.SplittableRandom;

/** Writes what people write: mostly short, in words whose frequency follows Zipf's law. */
final class Texts {
  /** Not all ideographs: about as many as a newspaper uses. */
  private static final int IDEOGRAPHS = 3000;

  private static final int FIRST_IDEOGRAPH = 0x4E00;
  private static final int IDEOGRAPH_STRIDE = 7;
  private static final int FIRST_KANA = 0x3042;
  private static final int KANA = 80;
  private static final String[] EMOJI = {
    "😀", "😂", "👍", "❤️", "🎉", "🙏", "😅", "🔥", "👀", "🚀"
  };

  private final Vocabulary vocabulary;
  private final Zipf words;
  private final Zipf ideographs = new Zipf(IDEOGRAPHS, 0.9);

  Texts(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
    this.words = new Zipf(vocabulary.size(), 1.0);
  }

  String message(SplittableRandom random, boolean unspaced) {
    int length = length(random);
    var text = new StringBuilder();
    if (unspaced) {
      ideographs(text, random, length * 2 + 1);
    } else {
      words(text, random, length);
    }
    if (random.nextInt(16) == 0) {
      text.append(' ').append(emoji(random));
    }
    return text.toString();
  }

  /** One word to about sixty, nine on average. */
  private static int length(SplittableRandom random) {
    double even = random.nextDouble();
    return 1 + (int) Math.min(60, -8 * Math.log(1 - even));
  }

  private void words(StringBuilder text, SplittableRandom random, int count) {
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        text.append(i % 11 == 10 ? ". " : " ");
      }
      text.append(vocabulary.word(words.draw(random)));
    }
  }

  private void ideographs(StringBuilder text, SplittableRandom random, int count) {
    for (int i = 0; i < count; i++) {
      if (random.nextInt(4) == 0) {
        text.appendCodePoint(FIRST_KANA + random.nextInt(KANA));
      } else {
        text.appendCodePoint(ideograph(ideographs.draw(random)));
      }
      if (i % 14 == 13) {
        text.append('。');
      }
    }
  }

  private static int ideograph(int rank) {
    return FIRST_IDEOGRAPH + rank * IDEOGRAPH_STRIDE % IDEOGRAPHS;
  }

  static String emoji(SplittableRandom random) {
    return EMOJI[random.nextInt(EMOJI.length)];
  }

  /** A title of one to three words, or of four ideographs. */
  String title(SplittableRandom random, boolean unspaced) {
    var text = new StringBuilder();
    if (unspaced) {
      for (int i = 0; i < 4; i++) {
        text.appendCodePoint(ideograph(ideographs.draw(random)));
      }
    } else {
      words(text, random, 1 + random.nextInt(3));
      text.setCharAt(0, Character.toUpperCase(text.charAt(0)));
    }
    return text.toString();
  }
}
