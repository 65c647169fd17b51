package dev.belfry.model;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file that a client brought, for sends and drafts to use.
 *
 * @param subject the token that brought it
 * @param file where it lies
 * @param size bytes
 * @param width pixels
 * @param height pixels
 * @param duration seconds
 * @param expires when it goes, unless something uses it
 */
public record Upload(
    String id,
    String subject,
    Path file,
    String fileName,
    String mimeType,
    long size,
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable Double duration,
    Instant expires) {}
