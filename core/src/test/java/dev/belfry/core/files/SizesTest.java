package dev.belfry.core.files;

import static dev.belfry.core.files.MadeFiles.box;
import static dev.belfry.core.files.MadeFiles.fileType;
import static dev.belfry.core.files.MadeFiles.heif;
import static dev.belfry.core.files.MadeFiles.image;
import static dev.belfry.core.files.MadeFiles.ints;
import static dev.belfry.core.files.MadeFiles.join;
import static dev.belfry.core.files.MadeFiles.liar;
import static dev.belfry.core.files.MadeFiles.movie;
import static dev.belfry.core.files.MadeFiles.riff;
import static dev.belfry.core.files.MadeFiles.text;
import static dev.belfry.core.files.MadeFiles.turnedJpeg;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class SizesTest {
  private static final int HUGE = 0x70000000;

  @TempDir Path folder;

  private Size measure(String type, byte[] content) throws Exception {
    var file = Files.createTempFile(folder, "x", ".bin");
    Files.write(file, content);
    return Sizes.of(file, type);
  }

  @Test
  void picturesAreMeasured() throws Exception {
    var size = new Size(310, 140, null);
    for (var format : new String[] {"png", "jpg", "gif", "bmp", "tiff"}) {
      assertEquals(size, measure("image/" + format, image(format, 310, 140)), format);
    }
    assertEquals(size, measure("image/jpeg", turnedJpeg(140, 310)));
    assertEquals(new Size(3100, 1400, null), measure("image/heic", heif(1400, 3100)));
    var header = ints(ByteOrder.LITTLE_ENDIAN, 0, 309 | 139 << 24, 0);
    var extended = Arrays.copyOf(header, 10);
    assertEquals(size, measure("image/webp", riff("WEBP", "VP8X", 10, extended)));
    var lossless = join(new byte[] {0x2f}, ints(ByteOrder.LITTLE_ENDIAN, 309 | 139 << 14));
    assertEquals(size, measure("image/webp", riff("WEBP", "VP8L", 5, join(lossless, new byte[9]))));
  }

  @Test
  void moviesAreMeasured() throws Exception {
    assertEquals(new Size(310, 140, 2.5), measure("video/mp4", movie("isom", 310, 140, false)));
    assertEquals(new Size(140, 310, 2.5), measure("video/mp4", movie("isom", 310, 140, true)));
    assertEquals(
        new Size(140, 310, 2.5), measure("video/quicktime", movie("qt  ", 310, 140, true)));
    assertEquals(
        new Size(310, 140, 2.5),
        measure("video/mp4", join(movie("isom", 310, 140, false), liar("mdat", HUGE))));
  }

  /** Each claims a length, or a number of things, that it does not have. */
  private static Map<String, byte[]> liars() throws IOException {
    var little = ByteOrder.LITTLE_ENDIAN;
    var files = new LinkedHashMap<String, byte[]>();
    for (var name : new String[] {"mvhd", "tkhd", "stsd", "hdlr", "udta", "meta"}) {
      var box = liar(name, HUGE, ints(0, 0, 0, 1000, 2500), new byte[80]);
      files.put(name + ".mp4", join(fileType("isom"), liar("moov", HUGE + 8, box)));
      files.put(name + ".mov", join(fileType("qt  "), liar("moov", HUGE + 8, box)));
    }
    files.put("large.mp4", join(fileType("isom"), ints(1), text("moov"), ints(-1, -1)));
    files.put("ftyp.mp4", liar("ftyp", HUGE, text("isom"), ints(0), text("isom")));
    for (var name : new String[] {"iinf", "iloc", "iprp", "ispe", "hvcC", "hdlr"}) {
      var box = liar(name, HUGE, ints(0, HUGE, HUGE), new byte[80]);
      files.put(name + ".heic", join(fileType("heic"), liar("meta", HUGE, ints(0), box)));
    }
    var deep = new byte[0];
    for (int i = 0; i < 5000; i++) {
      deep = box("moov", deep);
    }
    files.put("deep.mp4", join(fileType("isom"), deep));
    var many = new byte[8 << 17];
    for (int i = 0; i < many.length; i += 8) {
      System.arraycopy(box("free"), 0, many, i, 8);
    }
    files.put("many.mp4", join(fileType("isom"), many));
    var png = image("png", 3, 2);
    for (var name : new String[] {"IHDR", "iCCP", "tEXt", "eXIf", "zTXt"}) {
      files.put(
          name + ".png",
          name.equals("IHDR")
              ? join(Arrays.copyOf(png, 8), ints(HUGE), Arrays.copyOfRange(png, 12, png.length))
              : join(Arrays.copyOf(png, 33), ints(HUGE), text(name), new byte[20]));
    }
    files.put("a.webp", riff("WEBP", "VP8X", HUGE, new byte[10]));
    files.put("b.webp", riff("WEBP", "EXIF", HUGE, new byte[40]));
    files.put("c.webp", riff("WEBP", "ICCP", HUGE, new byte[40]));
    files.put("a.avi", riff("AVI ", "LIST", HUGE, join(text("hdrlavih"), ints(little, HUGE))));
    files.put("a.wav", riff("WAVE", "fmt ", HUGE, new byte[20]));
    files.put("a.jpg", join(ints(0xFFD8FFE1, 0xFFFF4578), text("if\0\0MM\0*"), ints(HUGE)));
    files.put("a.gif", join(text("GIF89a"), ints(-1, -1), text("!\u00ff"), new byte[] {-1}));
    files.put("a.bmp", join(text("BM"), ints(little, HUGE, 0, HUGE, HUGE, HUGE, HUGE, HUGE)));
    for (int type = 1; type <= 12; type++) {
      files.put(
          type + ".tiff",
          join(
              ints(0x4D4D002A, 8, 0xFFFF0100 | type, type << 16, HUGE, 8, 0x0112 << 16 | type),
              ints(HUGE, 8)));
    }
    return files;
  }

  private static String type(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "mp4" -> "video/mp4";
      case "mov" -> "video/quicktime";
      case "avi" -> "video/x-msvideo";
      case "wav" -> "audio/wav";
      case String kind -> "image/" + kind;
    };
  }

  @Test
  void aClaimedLengthTakesNoMemory() throws Exception {
    for (var liar : liars().entrySet()) {
      Files.write(folder.resolve(liar.getKey()), liar.getValue());
    }
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx24m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                InLittleMemory.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    assertEquals(0, process.waitFor(), () -> read(folder.resolve("output")));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** A program that measures the files of a folder. */
  static final class InLittleMemory {
    private InLittleMemory() {}

    public static void main(String[] folder) throws Exception {
      try (var files = Files.list(Path.of(folder[0]))) {
        for (var file : files.toList()) {
          var name = file.getFileName().toString();
          if (name.contains(".")) {
            Sizes.of(file, type(name));
          }
        }
      }
    }
  }
}
