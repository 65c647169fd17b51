package dev.belfry.http.guard;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** A certificate with its chain and its key, from files in PEM. */
public final class Tls {
  private static final System.Logger LOG = System.getLogger(Tls.class.getName());
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
  private static final long LARGEST = 1 << 20;
  private static final String PASSWORD = "in memory only";

  private final KeyStore store;

  private Tls(KeyStore store) {
    this.store = store;
  }

  private record Block(String label, String content) {
    byte[] bytes() {
      return Base64.getMimeDecoder().decode(content.strip());
    }
  }

  /**
   * Reads both files.
   *
   * @param certificate the server's own first, then those that vouch for it
   * @param key in PKCS #8, not encrypted
   * @throws IOException with words for a person: which file is wrong, and what helps
   */
  public static Tls read(Path certificate, Path key) throws IOException {
    List<X509Certificate> chain = certificates(certificate);
    PrivateKey secret = key(key, chain.getFirst().getPublicKey(), certificate);
    warnOfDates(chain.getFirst(), certificate);
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "belfry", secret, PASSWORD.toCharArray(), chain.toArray(Certificate[]::new));
      return new Tls(store);
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "The certificate in %s cannot be used: %s".formatted(certificate, e.getMessage()), e);
    }
  }

  /** What a connector is made with; each needs its own. */
  public SslContextFactory.Server factory() {
    var factory = new SslContextFactory.Server();
    factory.setKeyStore(store);
    factory.setKeyStorePassword(PASSWORD);
    // Clients that name us by an address, or by nothing, are served as well.
    factory.setSniRequired(false);
    return factory;
  }

  private static List<X509Certificate> certificates(Path file) throws IOException {
    var result = new ArrayList<X509Certificate>();
    for (Block block : blocks(file)) {
      if (block.label().equals("CERTIFICATE")) {
        try {
          var factory = CertificateFactory.getInstance("X.509");
          result.add(
              (X509Certificate)
                  factory.generateCertificate(new ByteArrayInputStream(block.bytes())));
        } catch (CertificateException | IllegalArgumentException e) {
          throw new IOException("A certificate in %s is damaged".formatted(file), e);
        }
      }
    }
    if (result.isEmpty()) {
      throw new IOException(
          "There is no certificate in %s: it should have a block that begins with -----BEGIN CERTIFICATE-----"
              .formatted(file));
    }
    return result;
  }

  private static PrivateKey key(Path file, PublicKey open, Path certificate) throws IOException {
    for (Block block : blocks(file)) {
      switch (block.label()) {
        case "PRIVATE KEY" -> {
          return matching(block, file, open, certificate);
        }
        case "ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY" ->
            throw new IOException(
                "The key in %s is encrypted or of an old form; this makes one that can be read: openssl pkcs8 -topk8 -nocrypt -in %s -out new.pem"
                    .formatted(file, file));
        default -> {
          // Certificates and parameters may stand beside it.
        }
      }
    }
    throw new IOException(
        "There is no private key in %s: it should have a block that begins with -----BEGIN PRIVATE KEY-----"
            .formatted(file));
  }

  private static PrivateKey matching(Block block, Path file, PublicKey open, Path certificate)
      throws IOException {
    try {
      var spec = new PKCS8EncodedKeySpec(block.bytes());
      var secret = KeyFactory.getInstance(open.getAlgorithm()).generatePrivate(spec);
      byte[] text = "belfry".getBytes(US_ASCII);
      var signature = Signature.getInstance(algorithm(open));
      signature.initSign(secret);
      signature.update(text);
      byte[] signed = signature.sign();
      signature.initVerify(open);
      signature.update(text);
      if (signature.verify(signed)) {
        return secret;
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw notMatching(file, certificate, e);
    }
    throw notMatching(file, certificate, null);
  }

  private static IOException notMatching(
      Path key, Path certificate, @org.jspecify.annotations.Nullable Exception cause) {
    return new IOException(
        "The key in %s is damaged or does not belong to the first certificate in %s"
            .formatted(key, certificate),
        cause);
  }

  private static String algorithm(PublicKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      case String other -> other;
    };
  }

  private static List<Block> blocks(Path file) throws IOException {
    try {
      if (Files.size(file) > LARGEST) {
        throw new IOException("The file %s is too large for PEM".formatted(file));
      }
      var blocks = new ArrayList<Block>();
      var found = BLOCK.matcher(new String(Files.readAllBytes(file), US_ASCII));
      while (found.find()) {
        blocks.add(new Block(found.group(1), found.group(2)));
      }
      return blocks;
    } catch (NoSuchFileException e) {
      throw new IOException("There is no file " + file, e);
    } catch (AccessDeniedException e) {
      throw new IOException(
          "The file %s cannot be read by the user that runs Belfry".formatted(file), e);
    }
  }

  private static void warnOfDates(X509Certificate certificate, Path file) {
    try {
      certificate.checkValidity();
    } catch (CertificateExpiredException | CertificateNotYetValidException e) {
      LOG.log(
          Level.WARNING,
          "the certificate in {0} is good from {1} to {2} only: clients will refuse it",
          file,
          certificate.getNotBefore().toInstant(),
          certificate.getNotAfter().toInstant());
    }
  }
}
