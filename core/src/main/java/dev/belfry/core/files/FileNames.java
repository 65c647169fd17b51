package dev.belfry.core.files;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Names that strangers give to files, made safe for a folder of ours. */
final class FileNames {
  /** What the usual file systems take, less room for what is put before it. */
  private static final int LONGEST_BYTES = 200;

  /** Windows takes these for devices, whatever follows the first dot. */
  private static final Set<String> DEVICES =
      Set.of(
          "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7",
          "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");

  private FileNames() {}

  /** The last part of the name, without what could lead elsewhere; null where nothing is left. */
  static @Nullable String safe(@Nullable String given) {
    if (given == null) {
      return null;
    }
    var name = Normalizer.normalize(given, Normalizer.Form.NFC);
    name = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    var kept = new StringBuilder(name.length());
    name.codePoints().map(point -> isUnwelcome(point) ? '_' : point).forEach(kept::appendCodePoint);
    // no dot files, and no names that Windows cuts at their end
    name = kept.toString().strip().replaceFirst("^\\.+", "").replaceFirst("[. ]+$", "").strip();
    if (name.isEmpty()) {
      return null;
    }
    int dot = name.indexOf('.');
    var stem = (dot < 0 ? name : name.substring(0, dot)).toLowerCase(Locale.ROOT);
    return shortened(DEVICES.contains(stem) ? "_" + name : name);
  }

  private static boolean isUnwelcome(int point) {
    return switch (Character.getType(point)) {
      // format characters turn "gpj.exe" around on the screen; a lone surrogate is no text
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          point != 0x200D; // joins emoji
      default -> "<>:\"|?*".indexOf(point) >= 0;
    };
  }

  /** Cuts before the extension. */
  private static String shortened(String name) {
    if (bytes(name) <= LONGEST_BYTES) {
      return name;
    }
    int dot = name.lastIndexOf('.');
    var extension = dot > 0 && name.length() - dot <= 12 ? name.substring(dot) : "";
    var stem = new StringBuilder(name.substring(0, name.length() - extension.length()));
    while (bytes(stem.toString()) + bytes(extension) > LONGEST_BYTES) {
      stem.setLength(stem.offsetByCodePoints(stem.length(), -1));
    }
    return stem.toString().strip() + extension;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
