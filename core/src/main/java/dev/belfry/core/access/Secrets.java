package dev.belfry.core.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** Texts that nobody guesses, and how they are compared. */
final class Secrets {
  /** No vowels, so no words, and nothing that is easily taken for something else. */
  private static final String LETTERS = "BCDFGHJKLMNPQRSTVWXZ";

  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Secrets() {}

  /** 43 characters that fit into a URL. */
  static String next() {
    var bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return base64(bytes);
  }

  /** A code that a person can type: {@code XXXX-XXXX}. */
  static String nextForPeople() {
    var code = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      code.append(i == 4 ? "-" : "").append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
    }
    return code.toString();
  }

  static byte[] hash(String secret) {
    return sha256(secret.getBytes(UTF_8));
  }

  /** PKCE, S256 (RFC 7636, 4.2). */
  static String challenge(String verifier) {
    return base64(sha256(verifier.getBytes(US_ASCII)));
  }

  /** Takes equally long for all that are wrong. */
  static boolean same(String one, String other) {
    return MessageDigest.isEqual(one.getBytes(UTF_8), other.getBytes(UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
