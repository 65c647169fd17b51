package dev.belfry.bench.data;

/** Identifiers as networks give them: long, and in no order. */
final class Keys {
  private static final char[] LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".toCharArray();

  private Keys() {}

  /** As long as Matrix makes its event ids; each number another. */
  static String event(long number) {
    return "$" + text(number, 43);
  }

  static String text(long number, int length) {
    var text = new char[length];
    long state = number;
    long bits = 0;
    for (int i = 0; i < length; i++) {
      if (i % 10 == 0) {
        state += 0x9E3779B97F4A7C15L;
        bits = mix(state);
      }
      text[i] = LETTERS[(int) (bits & 63)];
      bits >>>= 6;
    }
    return new String(text);
  }

  /** David Stafford's thirteenth variant of the MurmurHash3 finalizer. */
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
