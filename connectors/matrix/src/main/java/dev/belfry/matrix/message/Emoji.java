package dev.belfry.matrix.message;

/** Whether a text is an emoji. */
final class Emoji {
  private static final int AS_EMOJI = 0xFE0F;

  private Emoji() {}

  /**
   * One emoji or a few, joined or toned: no letters, no words. A digit is none unless it is shown
   * as one.
   */
  static boolean is(String text) {
    int[] points = text.codePoints().toArray();
    if (points.length == 0 || points.length > 24) {
      return false;
    }
    boolean pictured = false;
    for (int point : points) {
      boolean joins = point == 0x200D || point == AS_EMOJI || point == 0x20E3;
      boolean tag = point >= 0xE0020 && point <= 0xE007F;
      if (!joins && !tag && !Character.isEmoji(point)) {
        return false;
      }
      pictured =
          pictured
              || point == AS_EMOJI
              || Character.isEmojiPresentation(point)
              || Character.isExtendedPictographic(point);
    }
    return pictured;
  }
}
