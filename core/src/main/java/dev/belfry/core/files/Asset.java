package dev.belfry.core.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file that may be shown, open. It stays readable when the file is deleted meanwhile.
 *
 * @param content closed by {@link #close}
 * @param mimeType what it is; {@code application/octet-stream} where nobody knows
 * @param fileName what to call it; null where it has no name of its own
 * @param size bytes
 * @param modified when the content came to be, to the second
 * @param tag changes with the content; letters, digits and hyphens
 */
public record Asset(
    FileChannel content,
    String mimeType,
    @Nullable String fileName,
    long size,
    Instant modified,
    String tag)
    implements AutoCloseable {
  @Override
  public void close() throws IOException {
    content.close();
  }
}
