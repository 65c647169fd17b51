package dev.belfry.http.json;

import dev.belfry.api.Size;
import org.jspecify.annotations.Nullable;

/** Values that are left out where they say nothing. */
final class Sparse {
  private Sparse() {}

  /**
   * A flag that nearly everything lacks: false is left out, which clients read alike and which
   * saves a third of a page.
   */
  static @Nullable Boolean flag(boolean value) {
    return value ? Boolean.TRUE : null;
  }

  static @Nullable String text(String value) {
    return value.isEmpty() ? null : value;
  }

  static @Nullable Size size(@Nullable Integer width, @Nullable Integer height) {
    return width == null && height == null ? null : new Size(number(width), number(height));
  }

  private static @Nullable Double number(@Nullable Integer pixels) {
    return pixels == null ? null : Double.valueOf(pixels);
  }
}
