package dev.belfry.core.files;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.MetadataException;
import com.drew.metadata.avi.AviDirectory;
import com.drew.metadata.bmp.BmpHeaderDirectory;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.gif.GifHeaderDirectory;
import com.drew.metadata.heif.HeifDirectory;
import com.drew.metadata.jpeg.JpegDirectory;
import com.drew.metadata.mov.QuickTimeDirectory;
import com.drew.metadata.mov.media.QuickTimeVideoDirectory;
import com.drew.metadata.mp4.Mp4Directory;
import com.drew.metadata.mp4.media.Mp4VideoDirectory;
import com.drew.metadata.png.PngDirectory;
import com.drew.metadata.webp.WebpDirectory;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Measures files. One that is broken or of another kind has no size, which is no error. */
final class Sizes {
  private static final System.Logger LOG = System.getLogger(Sizes.class.getName());

  /**
   * Files may claim lengths that they do not have, and memory is taken for those: one at a time.
   */
  private static final Semaphore TURN = new Semaphore(1);

  private record Frame(Class<? extends Directory> type, int width, int height) {}

  private static final List<Frame> FRAMES =
      List.of(
          new Frame(
              JpegDirectory.class, JpegDirectory.TAG_IMAGE_WIDTH, JpegDirectory.TAG_IMAGE_HEIGHT),
          new Frame(
              PngDirectory.class, PngDirectory.TAG_IMAGE_WIDTH, PngDirectory.TAG_IMAGE_HEIGHT),
          new Frame(
              GifHeaderDirectory.class,
              GifHeaderDirectory.TAG_IMAGE_WIDTH,
              GifHeaderDirectory.TAG_IMAGE_HEIGHT),
          new Frame(
              WebpDirectory.class, WebpDirectory.TAG_IMAGE_WIDTH, WebpDirectory.TAG_IMAGE_HEIGHT),
          new Frame(
              BmpHeaderDirectory.class,
              BmpHeaderDirectory.TAG_IMAGE_WIDTH,
              BmpHeaderDirectory.TAG_IMAGE_HEIGHT),
          new Frame(
              HeifDirectory.class, HeifDirectory.TAG_IMAGE_WIDTH, HeifDirectory.TAG_IMAGE_HEIGHT),
          new Frame(
              Mp4VideoDirectory.class, Mp4VideoDirectory.TAG_WIDTH, Mp4VideoDirectory.TAG_HEIGHT),
          new Frame(
              QuickTimeVideoDirectory.class,
              QuickTimeVideoDirectory.TAG_WIDTH,
              QuickTimeVideoDirectory.TAG_HEIGHT),
          new Frame(AviDirectory.class, AviDirectory.TAG_WIDTH, AviDirectory.TAG_HEIGHT),
          new Frame(
              ExifIFD0Directory.class,
              ExifIFD0Directory.TAG_IMAGE_WIDTH,
              ExifIFD0Directory.TAG_IMAGE_HEIGHT));

  private Sizes() {}

  /** Measures a file of a known type. */
  static Size of(Path file, String mimeType) throws InterruptedException {
    boolean sound = mimeType.startsWith("audio/");
    if (!sound && !mimeType.startsWith("image/") && !mimeType.startsWith("video/")) {
      return Size.UNKNOWN;
    }
    TURN.acquire();
    try {
      var size = sound ? Sounds.measure(file, mimeType) : Size.UNKNOWN;
      return sound && size.duration() != null ? size : size.or(pictured(file));
    } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
      // of a file that is not what it says; its name and content stay out of the log
      LOG.log(Level.DEBUG, "a file could not be measured: {0}", e.getClass().getName());
      return Size.UNKNOWN;
    } finally {
      TURN.release();
    }
  }

  private static Size pictured(Path file) throws IOException {
    try (var in = new BufferedInputStream(new FileInputStream(file.toFile()), 1 << 16)) {
      return of(ImageMetadataReader.readMetadata(in, Files.size(file)));
    } catch (ImageProcessingException e) {
      return Size.UNKNOWN;
    }
  }

  private static Size of(Metadata found) {
    boolean turned = isTurned(found);
    var size = Size.UNKNOWN;
    for (var frame : FRAMES) {
      for (var directory : found.getDirectoriesOfType(frame.type())) {
        size =
            size.or(
                Size.ofPicture(
                    number(directory, frame.width()), number(directory, frame.height()), turned));
      }
    }
    return size.or(duration(found));
  }

  private static int number(Directory directory, int tag) {
    try {
      return directory.containsTag(tag) ? Math.abs(directory.getInt(tag)) : 0;
    } catch (MetadataException e) {
      return 0;
    }
  }

  private static boolean isTurned(Metadata found) {
    for (var exif : found.getDirectoriesOfType(ExifIFD0Directory.class)) {
      if (number(exif, ExifIFD0Directory.TAG_ORIENTATION) >= 5) {
        return true;
      }
    }
    var movie = found.getFirstDirectoryOfType(Mp4Directory.class);
    return movie != null && number(movie, Mp4Directory.TAG_ROTATION) % 180 == 90;
  }

  private static Size duration(Metadata found) {
    var size = Size.UNKNOWN;
    for (var movie : found.getDirectoriesOfType(Mp4Directory.class)) {
      size = size.or(lasting(movie, Mp4Directory.TAG_DURATION_SECONDS, 1));
    }
    for (var movie : found.getDirectoriesOfType(QuickTimeDirectory.class)) {
      size = size.or(lasting(movie, QuickTimeDirectory.TAG_DURATION_SECONDS, 1));
    }
    for (var movie : found.getDirectoriesOfType(AviDirectory.class)) {
      size = size.or(lasting(movie, AviDirectory.TAG_DURATION, 1_000_000));
    }
    return size;
  }

  private static Size lasting(Directory directory, int tag, int unit) {
    var seconds = directory.getDoubleObject(tag);
    return seconds == null ? Size.UNKNOWN : Size.lasting(seconds / unit);
  }
}
