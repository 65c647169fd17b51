package dev.belfry.bench.data;

/**
 * How large an inbox is. All follows from the number of messages, in the proportions of a person
 * who has written for some years.
 *
 * @param messages that are shown; reactions and edits come on top
 * @param chats one for each 400 messages
 * @param words how many different ones are used
 */
public record Size(long messages, int chats, int words) {
  private static final int SMALLEST = 500;
  private static final int MESSAGES_A_CHAT = 400;
  private static final int FEWEST_CHATS = 30;
  private static final int MOST_WORDS = 200_000;

  /**
   * The size with that many messages.
   *
   * @throws IllegalArgumentException for fewer than can be measured
   */
  public static Size of(long messages) {
    if (messages < SMALLEST || messages > 100_000_000) {
      throw new IllegalArgumentException(
          "messages: from " + SMALLEST + " to 100000000, not " + messages);
    }
    return new Size(
        messages,
        Math.toIntExact(Math.max(FEWEST_CHATS, messages / MESSAGES_A_CHAT)),
        Math.clamp(messages / 10, 2000, MOST_WORDS));
  }

  /** For people: {@code 2M}, {@code 200k}. */
  public String label() {
    if (messages % 1_000_000 == 0) {
      return messages / 1_000_000 + "M";
    }
    return messages % 1000 == 0 ? messages / 1000 + "k" : Long.toString(messages);
  }
}
