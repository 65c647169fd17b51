package dev.belfry.core.files;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;

/** Files of many kinds, small and made as wanted. */
final class MadeFiles {
  private MadeFiles() {}

  static byte[] image(String format, int width, int height) throws IOException {
    var out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, out);
    return out.toByteArray();
  }

  static byte[] join(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (var part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] ints(ByteOrder order, int... values) {
    var bytes = ByteBuffer.allocate(values.length * 4).order(order);
    for (int value : values) {
      bytes.putInt(value);
    }
    return bytes.array();
  }

  static byte[] ints(int... values) {
    return ints(ByteOrder.BIG_ENDIAN, values);
  }

  static byte[] box(String name, byte[]... parts) {
    var content = join(parts);
    return join(ints(content.length + 8), text(name), content);
  }

  /** A box that claims another size than it has. */
  static byte[] liar(String name, int size, byte[]... parts) {
    return join(ints(size), text(name), join(parts));
  }

  static byte[] fileType(String brand) {
    return box("ftyp", text(brand), ints(0), text(brand));
  }

  /** Two and a half seconds. */
  static byte[] movie(String brand, int width, int height, boolean turned) {
    return join(
        fileType(brand),
        box(
            "moov",
            box("mvhd", ints(0, 0, 0, 1000, 2500), new byte[80]),
            box(
                "trak",
                box(
                    "tkhd",
                    new byte[40],
                    turned ? ints(0, 0x10000, 0, -0x10000) : ints(0x10000, 0, 0, 0),
                    new byte[28]),
                box(
                    "mdia",
                    box("hdlr", ints(0, 0), text("vide"), new byte[13]),
                    box(
                        "minf",
                        box(
                            "stbl",
                            box(
                                "stsd",
                                ints(0, 1),
                                box(
                                    "avc1",
                                    new byte[24],
                                    ints(width << 16 | height),
                                    new byte[50]))))))));
  }

  /** As telephones make them: tiles, the whole of them, and turned. */
  static byte[] heif(int width, int height) {
    return join(
        fileType("heic"),
        box(
            "meta",
            ints(0),
            box(
                "iprp",
                box(
                    "ipco",
                    box("ispe", ints(0, 512, 512)),
                    box("ispe", ints(0, width, height)),
                    box("irot", new byte[] {3})))),
        box("mdat", new byte[100]));
  }

  static byte[] riff(String kind, String chunk, int claimed, byte[] content) {
    var order = ByteOrder.LITTLE_ENDIAN;
    return join(
        text("RIFF"),
        ints(order, content.length + 12),
        text(kind),
        text(chunk),
        ints(order, claimed),
        content);
  }

  /** A JPEG with Exif that says it lies on its side. */
  static byte[] turnedJpeg(int width, int height) throws IOException {
    var plain = image("jpg", width, height);
    var exif = join(text("Exif\0\0MM\0*"), ints(8, 0x00010112, 0x00030000, 0x00010006, 0), ints(0));
    return join(
        new byte[] {
          (byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE1, 0, (byte) (exif.length + 2)
        },
        exif,
        java.util.Arrays.copyOfRange(plain, 2, plain.length));
  }
}
