package dev.belfry.sandbox.world;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The text files that come with the program. */
final class Texts {
  private Texts() {}

  static List<String> lines(String name) {
    try (InputStream in = Texts.class.getResourceAsStream("/dev/belfry/sandbox/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the sandbox's " + name + " is missing from the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
