package dev.belfry.sandbox.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class MediaFolderTest {
  @TempDir Path folder;

  @Test
  void picturesCanBeRead() throws Exception {
    MediaFolder media = new MediaFolder(folder);
    Map<String, Integer> widths =
        Map.of(
            MediaFolder.avatar("mira"),
            96,
            "screenshot.png",
            MediaFolder.SCREENSHOT_WIDTH,
            "preview.png",
            400,
            "favicon.png",
            32,
            "party-bell.png",
            64,
            "photo-1.jpg",
            480,
            "photo-2.jpg",
            480,
            "photo-3.jpg",
            480,
            "lighthouse-poster.jpg",
            160,
            "bounce.gif",
            96);
    for (Map.Entry<String, Integer> picture : widths.entrySet()) {
      BufferedImage image = ImageIO.read(media.path(picture.getKey()).toFile());
      assertNotNull(image, picture.getKey());
      assertEquals(picture.getValue(), image.getWidth(), picture.getKey());
    }
  }

  @Test
  void soundCanBeRead() throws Exception {
    try (AudioInputStream sound =
        AudioSystem.getAudioInputStream(new MediaFolder(folder).path("melody.wav").toFile())) {
      assertEquals(
          MediaFolder.MELODY_SECONDS,
          sound.getFrameLength() / (double) sound.getFormat().getFrameRate());
    }
  }

  @Test
  void restIsWhatItSaysItIs() throws Exception {
    MediaFolder media = new MediaFolder(folder);
    assertTrue(head(media, "lighthouse.mp4").startsWith("ftyp", 4));
    assertTrue(head(media, "voice.ogg").startsWith("OggS"));
    assertTrue(head(media, "fox.webp").matches("(?s)RIFF....WEBP.*"));
    assertTrue(head(media, "itinerary.pdf").startsWith("%PDF-1.4"));
    assertTrue(Files.readString(media.path("notes.txt")).contains("お茶"));
  }

  @Test
  void crossReferencesOfThePdfAreRight() throws Exception {
    String pdf = content(new MediaFolder(folder), "itinerary.pdf");
    int table =
        Integer.parseInt(
            pdf.substring(pdf.indexOf("startxref") + 10).lines().findFirst().orElseThrow());
    assertTrue(pdf.startsWith("xref\n0 6\n", table));
    for (int object = 1; object <= 5; object++) {
      int line = table + "xref\n0 6\n".length() + 20 * object;
      int place = Integer.parseInt(pdf.substring(line, line + 10));
      assertTrue(pdf.startsWith(object + " 0 obj", place));
    }
  }

  @Test
  void filesAreWrittenOnceAndNamedByURL() throws Exception {
    MediaFolder media = new MediaFolder(folder.resolve("media"));
    Path file = media.path("notes.txt");
    assertEquals(file, Path.of(URI.create(media.url("notes.txt"))));
    assertEquals(Files.size(file), media.size("notes.txt"));
    Files.writeString(file, "changed");
    assertEquals(7, new MediaFolder(folder.resolve("media")).size("notes.txt"));
  }

  private static String head(MediaFolder media, String name) throws Exception {
    return content(media, name).substring(0, 16);
  }

  private static String content(MediaFolder media, String name) throws Exception {
    return Files.readString(media.path(name), StandardCharsets.ISO_8859_1);
  }
}
