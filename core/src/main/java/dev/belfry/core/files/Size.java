package dev.belfry.core.files;

import org.jspecify.annotations.Nullable;

/**
 * What an image, a video or a sound measures.
 *
 * @param width pixels, as shown
 * @param height pixels, as shown
 * @param duration seconds
 */
record Size(@Nullable Integer width, @Nullable Integer height, @Nullable Double duration) {
  static final Size UNKNOWN = new Size(null, null, null);

  static Size ofPicture(int width, int height, boolean turned) {
    if (width <= 0 || height <= 0) {
      return UNKNOWN;
    }
    return turned ? new Size(height, width, null) : new Size(width, height, null);
  }

  static Size lasting(double seconds) {
    return seconds > 0 && Double.isFinite(seconds)
        ? new Size(null, null, Math.round(seconds * 1000) / 1000.0)
        : UNKNOWN;
  }

  /** What this does not know, as the other one knows it. */
  Size or(Size other) {
    return new Size(
        width == null ? other.width : width,
        height == null ? other.height : height,
        duration == null ? other.duration : duration);
  }
}
