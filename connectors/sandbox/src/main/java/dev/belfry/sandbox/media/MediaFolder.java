package dev.belfry.sandbox.media;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The simulated network's files, as real ones in the account's folder. Written when first asked
 * for.
 */
public final class MediaFolder {
  public static final int SCREENSHOT_WIDTH = 320;
  public static final int SCREENSHOT_HEIGHT = 200;

  /** Seconds that {@code melody.wav} lasts. */
  public static final double MELODY_SECONDS = 2.0;

  private static final List<String> STORED =
      List.of(
          "photo-1.jpg",
          "photo-2.jpg",
          "photo-3.jpg",
          "bounce.gif",
          "fox.webp",
          "lighthouse.mp4",
          "lighthouse-poster.jpg",
          "voice.ogg");

  private static final Map<String, Supplier<byte[]>> DRAWN =
      Map.of(
          "melody.wav",
          () -> Wav.tune(0, 4, 7, 12, 7, 9, 4, 0),
          "screenshot.png",
          () -> Pictures.screenshot(SCREENSHOT_WIDTH, SCREENSHOT_HEIGHT),
          "preview.png",
          () -> Pictures.screenshot(400, 210),
          "favicon.png",
          () -> Pictures.badge(32, 0x2a7f62),
          "party-bell.png",
          () -> Pictures.badge(64, 0xc2543d),
          "itinerary.pdf",
          () ->
              Pdf.page(
                  List.of(
                      "Itinerary",
                      "",
                      "Friday: night train, coach 7, seats 41 to 44",
                      "Saturday: check-in from 3 pm, dinner at the harbour",
                      "Sunday: tram 28 before nine, museum, nothing else",
                      "Monday: home")),
          "notes.txt",
          () ->
              """
              Shopping for Saturday
              - bread (two loaves)
              - olives, lemons, чай, お茶
              - candles for the cake
              """
                  .getBytes(StandardCharsets.UTF_8));

  private final Path folder;
  private final Map<String, Long> sizes = new ConcurrentHashMap<>();

  /**
   * @param folder made when something is written to it
   */
  public MediaFolder(Path folder) {
    this.folder = folder.toAbsolutePath();
  }

  /** The name of the file with somebody's or something's picture. */
  public static String avatar(String name) {
    return "avatar-" + name + ".png";
  }

  /** Where a file lies; it is there from now on. */
  public Path path(String name) {
    size(name);
    return folder.resolve(name);
  }

  /** The same as a {@code file:} URL. */
  public String url(String name) {
    return path(name).toUri().toString();
  }

  /** Bytes of a file. */
  public long size(String name) {
    return sizes.computeIfAbsent(name, this::write);
  }

  private long write(String name) {
    Path file = folder.resolve(name);
    try {
      if (!Files.exists(file)) {
        Files.createDirectories(folder);
        // written aside first: half a file would stay half for ever
        Path part = folder.resolve(name + ".part");
        try (FileOutputStream out = new FileOutputStream(part.toFile())) {
          out.write(content(name));
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      }
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] content(String name) throws IOException {
    Supplier<byte[]> drawn = DRAWN.get(name);
    if (drawn != null) {
      return drawn.get();
    }
    if (!STORED.contains(name)) {
      return Pictures.avatar(name);
    }
    try (InputStream in = MediaFolder.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("the sandbox's file " + name + " is missing from the program");
      }
      return in.readAllBytes();
    }
  }
}
