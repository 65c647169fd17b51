package dev.belfry.matrix.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A content URI, {@code mxc://server/id} (specification, Matrix Content (mxc://) URIs).
 *
 * @param server the homeserver that the file was brought to
 */
public record MediaAddress(String server, String id) {
  private static final Pattern FORM =
      Pattern.compile("mxc://([A-Za-z0-9.:\\[\\]_-]{1,255})/([A-Za-z0-9_-]{1,255})");

  /** Reads a content URI; null when it is none. */
  public static @Nullable MediaAddress of(String url) {
    Matcher matcher = FORM.matcher(url);
    return matcher.matches() ? new MediaAddress(matcher.group(1), matcher.group(2)) : null;
  }
}
