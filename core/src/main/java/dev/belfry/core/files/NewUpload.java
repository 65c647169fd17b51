package dev.belfry.core.files;

import dev.belfry.model.HubException;
import dev.belfry.model.Upload;
import dev.belfry.network.PrivateFiles;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An upload that comes in. Written to disk as it comes; closed without {@link #finish}, nothing is
 * left of it.
 */
public final class NewUpload extends OutputStream {
  private final Uploading uploading;
  private final String subject;
  private final long limit;
  private final Path folder;
  private final FileOutputStream out;
  private long size;
  private boolean done;

  NewUpload(Uploading uploading, String subject, long limit, Path folder) throws IOException {
    this.uploading = uploading;
    this.subject = subject;
    this.limit = limit;
    this.folder = folder;
    // not a channel, which an interruption would close
    this.out = new FileOutputStream(PrivateFiles.file(content()).toFile());
  }

  String subject() {
    return subject;
  }

  long limit() {
    return limit;
  }

  Path folder() {
    return folder;
  }

  Path content() {
    return folder.resolve("content");
  }

  /** Bytes that have come. */
  public long length() {
    return size;
  }

  @Override
  public void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  /**
   * @throws HubException when it is too large or there is no room for it
   */
  @Override
  public void write(byte[] bytes, int from, int length) {
    uploading.admit(this, size + length);
    try {
      out.write(bytes, from, length);
      size += length;
    } catch (IOException e) {
      throw uploading.unwritable(e);
    }
  }

  /**
   * All has come: keeps it.
   *
   * @param fileName as the client says; null for none
   * @param mimeType as the client says, taken for true; null to look at the content
   * @param hint what the type may be, where the content leaves it open
   */
  public Upload finish(
      @Nullable String fileName, @Nullable String mimeType, @Nullable String hint) {
    try {
      out.getFD().sync();
      out.close();
      var upload = uploading.keep(this, fileName, mimeType, hint);
      done = true;
      return upload;
    } catch (IOException e) {
      throw uploading.unwritable(e);
    } finally {
      close();
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw uploading.unwritable(e);
    } finally {
      if (!done) {
        Folders.delete(folder);
        done = true;
      }
      uploading.ended(this);
    }
  }
}
