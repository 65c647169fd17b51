package dev.belfry.core.files;

import java.time.Duration;

/**
 * How much room files may take. Sizes are bytes.
 *
 * @param fileBytes of one upload
 * @param tokenBytes of all uploads of one token
 * @param totalBytes of all uploads
 * @param cacheBytes of the files fetched from networks that are kept, and of the largest of them
 * @param pictureBytes of a picture given by its path
 * @param life how long an upload stays that nothing uses
 */
public record FileLimits(
    long fileBytes,
    long tokenBytes,
    long totalBytes,
    long cacheBytes,
    long pictureBytes,
    Duration life) {
  public static final FileLimits DEFAULT =
      new FileLimits(500L << 20, 5L << 30, 20L << 30, 2L << 30, 20L << 20, Duration.ofHours(24));
}
