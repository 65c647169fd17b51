package dev.belfry.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Numbers of chats: each once, six digits, and in no order. */
@Tag("hub")
class ChatNumbersTest {
  private static final int COUNT = 100_000;

  private static long[] shuffled(byte[] key) {
    return LongStream.range(0, COUNT).map(turn -> ChatNumbers.shuffled(turn, key)).toArray();
  }

  @Test
  void eachIsGivenOnce() {
    long[] numbers = shuffled(new byte[] {1, 2, 3});
    assertEquals(COUNT, Arrays.stream(numbers).distinct().count());
    assertTrue(Arrays.stream(numbers).allMatch(number -> number >= 0 && number < 900_000));
  }

  @Test
  void theyTellNothingOfHowManyCameBefore() {
    long[] numbers = shuffled(new byte[] {4, 5, 6});
    long up =
        LongStream.range(1, COUNT).filter(i -> numbers[(int) i] > numbers[(int) i - 1]).count();
    assertEquals(0.5, (double) up / COUNT, 0.02, "as often up as down");
    for (int first : new int[] {100, 1000, 10_000}) {
      double mean = Arrays.stream(numbers, 0, first).average().orElseThrow();
      assertEquals(450_000, mean, 1.5e6 / Math.sqrt(first), "the first ones lie anywhere");
    }
  }

  @Test
  void anotherFileHasAnotherOrder() {
    long[] one = shuffled(new byte[] {7});
    long[] other = shuffled(new byte[] {8});
    long same = LongStream.range(0, COUNT).filter(i -> one[(int) i] == other[(int) i]).count();
    assertTrue(same < 10, same + " are alike");
  }
}
