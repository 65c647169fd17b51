package dev.belfry.core.files;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;

/**
 * How long an MP3 lasts: by the frame count of its first frame (Xing, Info) where there is one,
 * else as if the bit rate of its first frame were that of all.
 */
final class Mp3 {
  private static final int[] RATES = {44_100, 48_000, 32_000};
  private static final int[] KILOBITS_1 = {
    0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320
  };
  private static final int[] KILOBITS_2 = {
    0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160
  };

  private final RandomAccessFile in;
  private final ByteBuffer head;

  Mp3(RandomAccessFile in, ByteBuffer head) {
    this.in = in;
    this.head = head;
  }

  Size size() throws IOException {
    long start = tagLength();
    var bytes = start == 0 ? head : Sounds.read(in, start, 4096);
    for (int i = 0; i + 4 <= Math.min(bytes.limit(), 4096); i++) {
      int header = bytes.getInt(i);
      if (isFrame(header)) {
        return measured(bytes, i, header, start + i);
      }
    }
    return Size.UNKNOWN;
  }

  /** An ID3 tag lies before the sound; its length has seven bits a byte. */
  private long tagLength() {
    if (Sounds.indexOf(head, "ID3", 0) != 0 || head.limit() < 10) {
      return 0;
    }
    return 10L
        + (head.get(6) & 0x7f) * (1L << 21)
        + (head.get(7) & 0x7f) * (1L << 14)
        + (head.get(8) & 0x7f) * (1L << 7)
        + (head.get(9) & 0x7f);
  }

  private static boolean isFrame(int header) {
    boolean sync = (header & 0xffe00000) == 0xffe00000;
    boolean layer3 = (header >> 17 & 3) == 1;
    int kilobits = header >> 12 & 15;
    return sync
        && layer3
        && (header >> 19 & 3) != 1
        && kilobits != 0
        && kilobits != 15
        && (header >> 10 & 3) != 3;
  }

  private Size measured(ByteBuffer bytes, int at, int header, long position) throws IOException {
    int version = header >> 19 & 3; // 3: MPEG 1, 2: MPEG 2, 0: MPEG 2.5
    int rate = RATES[header >> 10 & 3] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
    int samples = version == 3 ? 1152 : 576;
    int xing = Sounds.indexOf(bytes, "Xing", at);
    int info = Sounds.indexOf(bytes, "Info", at);
    int table = xing < 0 ? info : info < 0 ? xing : Math.min(xing, info);
    if (table >= 0 && table < at + 64 && table + 12 <= bytes.limit()) {
      if ((bytes.getInt(table + 4) & 1) != 0) {
        long frames = Integer.toUnsignedLong(bytes.getInt(table + 8));
        return Size.lasting(frames * samples / (double) rate);
      }
    }
    int kilobits = (version == 3 ? KILOBITS_1 : KILOBITS_2)[header >> 12 & 15];
    return Size.lasting((in.length() - position) * 8 / (kilobits * 1000.0));
  }
}
