package dev.belfry.http;

import dev.belfry.api.AssetDownloadResponse;
import dev.belfry.api.AssetUploadResponse;
import dev.belfry.core.files.AssetUrl;
import dev.belfry.core.files.Assets;
import dev.belfry.core.files.Downloads;
import dev.belfry.http.assets.FileForm;
import dev.belfry.http.assets.FileJson;
import dev.belfry.http.read.InvalidRequest;
import dev.belfry.model.Upload;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Files (contract, Files). */
final class AssetRoutes {
  /** What a form may have around its file. */
  private static final long FORM_BYTES = 1 << 20;

  /** 750 million characters, some of them escaped, and what is said beside them. */
  private static final long JSON_BYTES = 800_000_000;

  private final Assets assets;

  AssetRoutes(Assets assets) {
    this.assets = assets;
  }

  List<Route> routes() {
    return List.of(
        Route.reading("POST", "/v1/assets/download", this::download),
        Route.reading("GET", "/v1/assets/serve", this::serve),
        Route.writing("POST", "/v1/assets/upload", this::upload),
        Route.writing("POST", "/v1/assets/upload/base64", this::uploadBase64));
  }

  private Answer upload(Call call) {
    long length = call.bodyLength();
    checkLength(length, assets.fileLimit() + FORM_BYTES);
    // a little less than what comes: the form's own bytes must not count as the file's
    long announced = Math.clamp(length - FORM_BYTES, -1, assets.fileLimit());
    return uploaded(
        FileForm.receive(
            call.header("Content-Type"),
            call.bodyStream(),
            () -> assets.receive(call.grant(), announced)));
  }

  private Answer uploadBase64(Call call) {
    checkLength(call.bodyLength(), JSON_BYTES);
    return uploaded(FileJson.receive(call.bodyStream(), () -> assets.receiveAny(call.grant())));
  }

  private static void checkLength(long length, long limit) {
    if (length > limit) {
      throw new Refused(Errors.tooLarge("The body is over the limit of " + limit + " bytes"));
    }
  }

  private static Answer uploaded(Upload upload) {
    return new Answer.Json(
        new AssetUploadResponse(
            upload.duration(),
            null,
            upload.fileName(),
            upload.size(),
            real(upload.height()),
            upload.mimeType(),
            upload.file().toUri().toString(),
            upload.id(),
            real(upload.width())));
  }

  private static @Nullable Double real(@Nullable Integer pixels) {
    return pixels == null ? null : pixels.doubleValue();
  }

  private Answer download(Call call) {
    var url = url(call.read(in -> in.body().requiredString("url")), "body");
    try {
      var file = assets.download(call.grant(), url);
      return new Answer.Json(new AssetDownloadResponse(file.toUri().toString(), null));
    } catch (IOException e) {
      // the network's fault and not the caller's (contract, README, "failed upload or download")
      return new Answer.Json(new AssetDownloadResponse(null, Downloads.reason(e)));
    } catch (InterruptedException e) {
      throw ending(e);
    }
  }

  private Answer serve(Call call) {
    var url = url(call.read(in -> in.query().requiredString("url")), "query");
    try {
      return new Answer.Streamed(new AssetAnswer(assets.serve(call.grant(), url)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw ending(e);
    }
  }

  private static AssetUrl url(String text, String place) {
    try {
      return AssetUrl.parse(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidRequest(String.valueOf(e.getMessage()), place, "url");
    }
  }

  private static UncheckedIOException ending(InterruptedException e) {
    Thread.currentThread().interrupt();
    var cause = new InterruptedIOException("the server is ending");
    cause.initCause(e);
    return new UncheckedIOException(cause);
  }
}
