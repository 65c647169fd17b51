package dev.belfry.sandbox.media;

import dev.belfry.network.PrivateFiles;
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
import java.util.Objects;
import java.util.Optional;
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

  /** The folder of what the owner sent. */
  private static final String SENT = "sent";

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

  /**
   * Keeps a copy of a file that the owner sent.
   *
   * @param transaction of the message
   * @param name what to call it
   */
  public Path keep(String transaction, String name, Path file) throws IOException {
    Path kept = folder.resolve(SENT).resolve(transaction);
    PrivateFiles.folder(kept);
    Path target = kept.resolve(name).normalize();
    if (!kept.equals(target.getParent())) {
      throw new IOException("not the name of a file: " + name);
    }
    Path part = kept.resolve(".part");
    Files.copy(file, part, StandardCopyOption.REPLACE_EXISTING);
    PrivateFiles.file(part);
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return target;
  }

  /** Gives another folder all that the owner sent. */
  public void copySent(MediaFolder other) throws IOException {
    Path sent = folder.resolve(SENT);
    if (!Files.isDirectory(sent)) {
      return;
    }
    try (var files = Files.walk(sent)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = other.folder.resolve(SENT).resolve(sent.relativize(file).toString());
        PrivateFiles.folder(Objects.requireNonNull(target.getParent()));
        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        PrivateFiles.file(target);
      }
    }
  }

  /** A file by the names that lead to it from here; empty where there is none. */
  public Optional<Path> find(List<String> names) {
    if (names.size() == 1 && isKnown(names.getFirst())) {
      return Optional.of(path(names.getFirst()));
    }
    boolean isSent = names.size() == 3 && names.getFirst().equals(SENT);
    if (!isSent || names.stream().anyMatch(name -> name.isEmpty() || name.startsWith("."))) {
      return Optional.empty();
    }
    Path sent = folder.resolve(SENT);
    Path file = sent.resolve(names.get(1)).resolve(names.get(2)).normalize();
    return Optional.of(file).filter(f -> f.startsWith(sent) && Files.isRegularFile(f));
  }

  private static boolean isKnown(String name) {
    return STORED.contains(name)
        || DRAWN.containsKey(name)
        || (name.startsWith("avatar-") && name.endsWith(".png") && !name.contains("/"));
  }

  private long write(String name) {
    Path file = folder.resolve(name);
    try {
      if (!Files.exists(file)) {
        PrivateFiles.folder(folder);
        // written aside first: half a file would stay half for ever
        Path part = folder.resolve(name + ".part");
        try (FileOutputStream out = new FileOutputStream(PrivateFiles.file(part).toFile())) {
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
