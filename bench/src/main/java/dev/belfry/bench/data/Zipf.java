package dev.belfry.bench.data;

import java.util.SplittableRandom;

/**
 * Draws ranks as often as words are used or chats are busy: rank {@code r} with a chance in
 * proportion to {@code 1 / (r + 1) ^ exponent}. One draw costs the same however many ranks there
 * are (Walker's alias method).
 */
final class Zipf {
  private final double[] stay;
  private final int[] alias;

  Zipf(int ranks, double exponent) {
    var weights = new double[ranks];
    double sum = 0;
    for (int i = 0; i < ranks; i++) {
      weights[i] = Math.pow(i + 1.0, -exponent);
      sum += weights[i];
    }
    stay = new double[ranks];
    alias = new int[ranks];
    var small = new int[ranks];
    var large = new int[ranks];
    int smalls = 0;
    int larges = 0;
    for (int i = 0; i < ranks; i++) {
      stay[i] = weights[i] / sum * ranks;
      if (stay[i] < 1) {
        small[smalls++] = i;
      } else {
        large[larges++] = i;
      }
    }
    while (smalls > 0 && larges > 0) {
      int poor = small[--smalls];
      int rich = large[larges - 1];
      alias[poor] = rich;
      stay[rich] -= 1 - stay[poor];
      if (stay[rich] < 1) {
        larges--;
        small[smalls++] = rich;
      }
    }
    // What is left is 1 but for rounding.
    while (larges > 0) {
      stay[large[--larges]] = 1;
    }
    while (smalls > 0) {
      stay[small[--smalls]] = 1;
    }
  }

  int draw(SplittableRandom random) {
    int column = random.nextInt(stay.length);
    return random.nextDouble() < stay[column] ? column : alias[column];
  }
}
