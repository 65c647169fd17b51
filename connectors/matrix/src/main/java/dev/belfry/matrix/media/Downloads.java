package dev.belfry.matrix.media;

import dev.belfry.matrix.http.MediaAddress;
import dev.belfry.matrix.http.MediaApi;
import dev.belfry.matrix.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/** Fetches files from the homeserver. */
public final class Downloads {
  private static final Duration SILENCE = Duration.ofSeconds(60);
  private static final int PIECE = 64 * 1024;

  private final MediaApi media;

  public Downloads(MediaApi media) {
    this.media = media;
  }

  /**
   * Fetches a file, decrypted.
   *
   * @param id the content URI
   * @param encryption a JSON object from content URI to {@code EncryptedFile}; null for a file in
   *     clear
   * @throws IOException when it cannot be had, with words for people. When a file turns out at its
   *     end to be another one than its message promised, the bytes that were written are not to be
   *     used
   */
  public void fetch(String id, @Nullable String encryption, OutputStream target)
      throws IOException, InterruptedException {
    MediaAddress address = MediaAddress.of(id);
    if (address == null) {
      throw new IOException("this is no content URI of Matrix (mxc://server/id)");
    }
    Json sealed = Json.parse(encryption).at(id);
    FileKey key = sealed.isObject() ? FileKey.of(sealed) : null;
    byte[] hash = key == null ? null : FileKey.hash(sealed);
    try (InputStream in = media.open(address);
        Patience patience = new Patience(in, SILENCE)) {
      try {
        copy(in, patience, key, hash, target);
      } catch (IOException e) {
        throw patience.isLost()
            ? new IOException("the homeserver fell silent in the middle of the file", e)
            : e;
      }
    }
  }

  private static void copy(
      InputStream in,
      Patience patience,
      @Nullable FileKey key,
      byte @Nullable [] hash,
      OutputStream target)
      throws IOException {
    Cipher cipher = key == null ? null : key.cipher();
    MessageDigest digest = FileKey.sha256();
    byte[] piece = new byte[PIECE];
    for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
      patience.progress();
      if (cipher == null) {
        target.write(piece, 0, count);
      } else if (count > 0) {
        digest.update(piece, 0, count);
        target.write(cipher.update(piece, 0, count));
      }
    }
    if (hash != null && !MessageDigest.isEqual(hash, digest.digest())) {
      throw new IOException(
          "the file on the homeserver is not the one that was sent: its hash is another");
    }
  }
}
