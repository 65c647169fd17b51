package dev.belfry.core.files;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a file is called by clients (contract, Files). */
public sealed interface AssetUrl {
  /** As it was given. */
  String text();

  /** A file on a network: {@code mxc://} or {@code localmxc://}. */
  record Remote(String text) implements AssetUrl {}

  /** A file on this machine. */
  record Local(String text, Path path) implements AssetUrl {}

  /** Longer ones are nobody's. */
  int LONGEST = 4096;

  Pattern REMOTE = Pattern.compile("(?:mxc://[^/?#]+/[^/?#]+|localmxc://[^?#]+)");

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException that says to a person what is wrong
   */
  static AssetUrl parse(String text) {
    if (text.length() > LONGEST || text.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
      throw new IllegalArgumentException(
          "Not a URL: it must have no spaces or control characters, and at most %d characters"
              .formatted(LONGEST));
    }
    if (REMOTE.matcher(text).matches()) {
      return new Remote(text);
    }
    if (text.toLowerCase(Locale.ROOT).startsWith("file:")) {
      return new Local(text, path(text));
    }
    throw new IllegalArgumentException(
        "Expected mxc://SERVER/ID, localmxc://... or file:///PATH, such as the id or srcURL of an attachment");
  }

  private static Path path(String text) {
    try {
      var uri = new URI(text);
      var host = uri.getHost();
      if (uri.getRawQuery() != null
          || uri.getRawFragment() != null
          || (host != null && !host.isEmpty() && !host.equalsIgnoreCase("localhost"))
          || uri.getPath() == null) {
        throw new IllegalArgumentException("Not the URL of a file on this machine");
      }
      return Path.of(new URI("file", null, uri.getPath(), null));
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
      throw new IllegalArgumentException("Not the URL of a file on this machine", e);
    }
  }
}
