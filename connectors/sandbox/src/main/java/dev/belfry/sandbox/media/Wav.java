package dev.belfry.sandbox.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes sound as WAV: 8 kHz, one channel, 8 bits. */
final class Wav {
  static final int RATE = 8_000;

  private Wav() {}

  /**
   * A tune.
   *
   * @param notes half tones above A3, each a quarter of a second long
   */
  static byte[] tune(int... notes) {
    int each = RATE / 4;
    int length = notes.length * each;
    ByteBuffer out = ByteBuffer.allocate(44 + length).order(ByteOrder.LITTLE_ENDIAN);
    out.put(ascii("RIFF")).putInt(36 + length).put(ascii("WAVEfmt ")).putInt(16);
    out.putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(RATE);
    out.putShort((short) 1).putShort((short) 8).put(ascii("data")).putInt(length);
    for (int note : notes) {
      double frequency = 220 * Math.pow(2, note / 12.0);
      for (int i = 0; i < each; i++) {
        double fade = 1 - (double) i / each;
        out.put((byte) Math.round(128 + 90 * fade * Math.sin(2 * Math.PI * frequency * i / RATE)));
      }
    }
    return out.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
