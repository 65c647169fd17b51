package dev.belfry.core.files;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.System.Logger.Level;
import java.nio.file.Path;

/** Measures files. One that is broken or of another kind has no size, which is no error. */
final class Sizes {
  private static final System.Logger LOG = System.getLogger(Sizes.class.getName());

  private Sizes() {}

  /** Measures a file of a known type. */
  static Size of(Path file, String mimeType) {
    boolean sound = mimeType.startsWith("audio/");
    if (!sound && !mimeType.startsWith("image/") && !mimeType.startsWith("video/")) {
      return Size.UNKNOWN;
    }
    try {
      var size = sound ? Sounds.measure(file, mimeType) : Size.UNKNOWN;
      return sound && size.duration() != null ? size : size.or(pictured(file));
    } catch (IOException | RuntimeException e) {
      // of a file that is not what it says; its name and content stay out of the log
      LOG.log(Level.DEBUG, "a file could not be measured: {0}", e.getClass().getName());
      return Size.UNKNOWN;
    }
  }

  private static Size pictured(Path file) throws IOException {
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      var pieces = new Pieces(in);
      return Boxes.begins(pieces.upTo(0, 8)) ? Boxes.measure(pieces) : Images.measure(pieces);
    }
  }
}
