package dev.belfry.matrix.media;

import dev.belfry.matrix.json.Json;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What a file is encrypted with (specification, Sending encrypted attachments): AES-CTR with 256
 * bits, a key for each file. CTR does not notice what is changed on the way, so the event bears the
 * SHA-256 hash of the ciphertext.
 */
final class FileKey {
  private static final int KEY_BYTES = 32;
  private static final int BLOCK = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final byte[] key;
  private final byte[] start;

  private FileKey(byte[] key, byte[] start) {
    this.key = key;
    this.start = start;
  }

  /** A new key. The lower half of the counter begins at nought, so that it cannot overflow. */
  static FileKey fresh() {
    byte[] key = new byte[KEY_BYTES];
    byte[] half = new byte[BLOCK / 2];
    RANDOM.nextBytes(key);
    RANDOM.nextBytes(half);
    byte[] start = new byte[BLOCK];
    System.arraycopy(half, 0, start, 0, half.length);
    return new FileKey(key, start);
  }

  /**
   * The key of an {@code EncryptedFile} object.
   *
   * @throws IOException when it is none that can be used
   */
  static FileKey of(Json file) throws IOException {
    Json jwk = file.at("key");
    byte[] key = bytes(jwk.text("k"));
    byte[] start = bytes(file.text("iv"));
    if (!"v2".equals(file.text("v"))
        || !"A256CTR".equals(jwk.text("alg"))
        || key.length != KEY_BYTES
        || start.length != BLOCK) {
      throw new IOException("the file is encrypted in a way that is not known here");
    }
    return new FileKey(key, start);
  }

  /** The hash of the ciphertext that an {@code EncryptedFile} object promises. */
  static byte[] hash(Json file) throws IOException {
    byte[] hash = bytes(file.at("hashes").text("sha256"));
    if (hash.length != 32) {
      throw new IOException("the message does not say what the encrypted file has to be like");
    }
    return hash;
  }

  /** The {@code EncryptedFile} object of what was encrypted with this. */
  Json told(String url, byte[] hash) {
    return Json.of(
        Map.of(
            "v",
            "v2",
            "url",
            url,
            "key",
            Map.of(
                "kty",
                "oct",
                "alg",
                "A256CTR",
                "ext",
                true,
                "key_ops",
                List.of("encrypt", "decrypt"),
                "k",
                Base64.getUrlEncoder().withoutPadding().encodeToString(key)),
            "iv",
            plain(start),
            "hashes",
            Map.of("sha256", plain(hash))));
  }

  /** In CTR mode, encrypting and decrypting are the same. */
  Cipher cipher() {
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(start));
      return cipher;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no AES", e);
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  private static String plain(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Both alphabets, padded or not: clients differ. Nothing for what is neither. */
  private static byte[] bytes(@Nullable String text) {
    if (text == null) {
      return new byte[0];
    }
    try {
      String same = text.replace('+', '-').replace('/', '_').replaceFirst("=+$", "");
      return Base64.getUrlDecoder().decode(same);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
