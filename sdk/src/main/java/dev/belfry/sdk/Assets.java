package dev.belfry.sdk;

import dev.belfry.api.AssetDownloadResponse;
import dev.belfry.api.AssetUploadResponse;
import dev.belfry.api.request.AssetDownloadParams;
import dev.belfry.api.request.AssetUploadBase64Params;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The files (contract: endpoints, Files). They are never held in memory: what is uploaded is read
 * while it is sent, and what is served is read by the caller.
 *
 * <pre>{@code
 * AssetUploadResponse upload = client.assets().upload(Path.of("photo.jpg"));
 * client.messages().send(chatID,
 *     new MessageSendParams("Look!", AttachmentParams.of(upload.uploadID()), null));
 * }</pre>
 */
public final class Assets {
  private final Http http;

  Assets(Http http) {
    this.http = http;
  }

  /** Uploads a file under its own name, for a message or a draft within a day. */
  public AssetUploadResponse upload(Path file) {
    return upload(file, null, null);
  }

  /**
   * Uploads a file.
   *
   * @param fileName null for its own
   * @param mimeType null to have the server look at the content
   */
  public AssetUploadResponse upload(
      Path file, @Nullable String fileName, @Nullable String mimeType) {
    try {
      Path own = file.getFileName();
      String name = fileName != null || own == null ? fileName : own.toString();
      return upload(FileForm.of(name == null ? "file" : name, mimeType, file, Files.size(file)));
    } catch (IOException e) {
      throw new UncheckedIOException("The file cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Uploads what a stream gives, whose length need not be known.
   *
   * @param mimeType null to have the server look at the content
   * @param content opened anew for each try, and closed
   */
  public AssetUploadResponse upload(
      String fileName, @Nullable String mimeType, Supplier<? extends InputStream> content) {
    return upload(FileForm.of(fileName, mimeType, content));
  }

  private AssetUploadResponse upload(FileForm form) {
    return http.post("v1", "assets", "upload")
        .body(form.contentType(), form.publisher())
        .as(AssetUploadResponse.class);
  }

  /** Uploads a file as text; for small ones. */
  public AssetUploadResponse uploadBase64(AssetUploadBase64Params params) {
    return http.post("v1", "assets", "upload", "base64").body(params).as(AssetUploadResponse.class);
  }

  /**
   * Has the server fetch a file to its own machine.
   *
   * @param url the id of an attachment: an mxc or localmxc URL
   */
  public AssetDownloadResponse download(String url) {
    return http.post("v1", "assets", "download")
        .body(new AssetDownloadParams(url))
        .as(AssetDownloadResponse.class);
  }

  /**
   * Opens a file for reading. The caller closes it.
   *
   * @param url the id or the {@code srcURL} of an attachment
   */
  public Content serve(String url) {
    return serve(url, null);
  }

  /**
   * Opens a part of a file for reading. The caller closes it.
   *
   * @param first counted from 0
   * @param last counted from 0 and within the part; a server gives less where the file is shorter
   */
  public Content serve(String url, long first, long last) {
    return serve(url, "bytes=" + first + "-" + last);
  }

  private Content serve(String url, @Nullable String range) {
    return new Content(
        http.get("v1", "assets", "serve").query("url", url).header("Range", range).stream());
  }

  /** A file that is being read. */
  public static final class Content implements AutoCloseable {
    private final HttpResponse<InputStream> response;

    private Content(HttpResponse<InputStream> response) {
      this.response = response;
    }

    /** The bytes as they come. */
    public InputStream stream() {
      return response.body();
    }

    /** The type; {@code application/octet-stream} where nobody knows. */
    public String mimeType() {
      return response.headers().firstValue("Content-Type").orElse("application/octet-stream");
    }

    /** How many bytes come, if the server said so. */
    public OptionalLong length() {
      return response.headers().firstValueAsLong("Content-Length");
    }

    /** Whether this is but the part that was asked for. */
    public boolean isPart() {
      return response.statusCode() == 206;
    }

    /** Stops reading. */
    @Override
    public void close() {
      try {
        response.body().close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
