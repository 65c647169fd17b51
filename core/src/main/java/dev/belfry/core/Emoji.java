package dev.belfry.core;

/** What is an emoji, and when two are the same. */
final class Emoji {
  private static final int VARIATION_SELECTOR = 0xFE0F;
  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final int KEYCAP = 0x20E3;

  private Emoji() {}

  /** Whether a reaction's key is an emoji, and not a shortcode or a network's own key. */
  static boolean is(String key) {
    boolean found = false;
    for (int i = 0; i < key.length(); ) {
      int point = key.codePointAt(i);
      boolean joins =
          point == VARIATION_SELECTOR
              || point == ZERO_WIDTH_JOINER
              || point == KEYCAP
              || isTag(point);
      if (!joins && !Character.isEmoji(point)) {
        return false;
      }
      found |= joins || point > 0x7F;
      i += Character.charCount(point);
    }
    return found;
  }

  /** Flags of regions end in characters of this block. */
  private static boolean isTag(int point) {
    return point >= 0xE0020 && point <= 0xE007F;
  }

  /**
   * Keys are compared without variation selectors, as networks add and drop them (contract,
   * reactions).
   */
  static boolean same(String one, String other) {
    return bare(one).equals(bare(other));
  }

  private static String bare(String key) {
    return key.replace(Character.toString(VARIATION_SELECTOR), "");
  }
}
