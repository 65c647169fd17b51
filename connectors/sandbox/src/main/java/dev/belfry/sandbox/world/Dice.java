package dev.belfry.sandbox.world;

import java.util.List;
import java.util.Random;

/** Chance that falls the same way every time. */
final class Dice {
  private final Random random;

  /**
   * @param seed the same text gives the same throws, on every machine
   */
  Dice(String seed) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < seed.length(); i++) {
      hash = (hash ^ seed.charAt(i)) * 0x100000001b3L;
    }
    random = new Random(hash);
  }

  /** True in so many of a thousand cases. */
  boolean perMille(int chance) {
    return random.nextInt(1000) < chance;
  }

  /** From {@code low} to {@code high}, both included. */
  int between(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
