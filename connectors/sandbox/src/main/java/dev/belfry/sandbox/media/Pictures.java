package dev.belfry.sandbox.media;

import java.util.Random;

/** Draws the pictures that differ from person to person and from chat to chat. */
final class Pictures {
  static final int AVATAR = 96;
  private static final int CELLS = 6;

  private Pictures() {}

  /**
   * A pattern of squares, the same for the same name, mirrored so that it looks made on purpose.
   */
  static byte[] avatar(String name) {
    Random random = new Random(name.hashCode() * 31L + 7);
    float hue = random.nextFloat();
    int paper = hsl(hue, 0.45, 0.90);
    int ink = hsl(hue + 0.08f, 0.60, 0.45);
    int shade = hsl(hue + 0.5f, 0.50, 0.62);
    int[][] cells = new int[CELLS][CELLS / 2];
    for (int[] row : cells) {
      for (int i = 0; i < row.length; i++) {
        int draw = random.nextInt(10);
        row[i] = draw < 5 ? ink : draw < 7 ? shade : paper;
      }
    }
    int cell = AVATAR / (CELLS + 2);
    return Png.encode(
        AVATAR,
        AVATAR,
        (x, y) -> {
          int column = x / cell - 1;
          int row = y / cell - 1;
          if (column < 0 || row < 0 || column >= CELLS || row >= CELLS) {
            return paper;
          }
          return cells[row][column < CELLS / 2 ? column : CELLS - 1 - column];
        });
  }

  /** Something like the picture of a window with a chart in it. */
  static byte[] screenshot(int width, int height) {
    return Png.encode(
        width,
        height,
        (x, y) -> {
          if (y < 18) {
            return x < 42 && (x - 3) % 13 < 8 && y > 4 && y < 13 ? 0xe0705a : 0x3b4252;
          }
          int bar = (x - 20) / 24;
          boolean inBar = x >= 20 && x < width - 20 && (x - 20) % 24 < 16;
          int top = height - 20 - (bar * 37 % 97 + 20);
          return inBar && y > top && y < height - 20 ? 0x5e81ac : 0xeceff4;
        });
  }

  /** A small round picture, for custom reactions and the icons of sites. */
  static byte[] badge(int size, int colour) {
    double middle = (size - 1) / 2.0;
    return Png.encode(
        size,
        size,
        (x, y) -> {
          double distance = Math.hypot(x - middle, y - middle);
          return distance < size * 0.2 ? 0xffffff : distance < size * 0.46 ? colour : 0xf4f4f4;
        });
  }

  private static int hsl(float hue, double saturation, double lightness) {
    double chroma = saturation * Math.min(lightness, 1 - lightness);
    int colour = 0;
    for (int channel : new int[] {0, 8, 4}) {
      double k = (channel + hue * 12.0) % 12;
      double value = lightness - chroma * Math.max(-1, Math.min(Math.min(k - 3, 9 - k), 1));
      colour = colour << 8 | (int) Math.round(255 * value);
    }
    return colour;
  }
}
