package dev.belfry.http.guard;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that hold a certificate and a key, and many that do not. */
@Tag("unit")
class TlsTest {
  @TempDir Path folder;

  private static void assertRefused(String told, Path certificate, Path key) {
    var thrown = assertThrows(IOException.class, () -> Tls.read(certificate, key));
    assertTrue(String.valueOf(thrown.getMessage()).contains(told), thrown.getMessage());
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  @Test
  void readsKeysOfEachKind() throws Exception {
    for (String algorithm : new String[] {"RSA", "EC", "Ed25519"}) {
      var files = PemFiles.make(folder, algorithm);
      assertNotNull(Tls.read(files.certificate(), files.key()).factory());
    }
  }

  @Test
  void readsChainsAndBothInOneFile() throws Exception {
    var files = PemFiles.make(folder, "EC");
    var other = PemFiles.make(folder, "RSA");
    Path both =
        file(
            "both.pem",
            "a remark\n"
                + Files.readString(files.key())
                + Files.readString(files.certificate())
                + Files.readString(other.certificate()).replace("\n", "\r\n"));
    assertNotNull(Tls.read(both, both).factory());
  }

  @Test
  void saysWhatIsWrongWithAFile() throws Exception {
    var files = PemFiles.make(folder, "EC");
    var other = PemFiles.make(folder, "RSA");
    Path nothing = folder.resolve("nothing.pem");
    assertRefused("There is no file " + nothing, nothing, files.key());
    assertRefused("There is no file " + nothing, files.certificate(), nothing);
    assertRefused("There is no certificate in " + files.key(), files.key(), files.certificate());
    assertRefused("There is no private key in", files.certificate(), files.certificate());
    assertRefused("does not belong to", files.certificate(), other.key());
    assertRefused("There is no certificate in", file("empty.pem", ""), files.key());
    assertRefused(
        "damaged", file("bad.pem", PemFiles.pem("CERTIFICATE", new byte[100])), files.key());
    assertRefused(
        "damaged",
        file("odd.pem", "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----"),
        files.key());
    assertRefused(
        "damaged", files.certificate(), file("k.pem", PemFiles.pem("PRIVATE KEY", new byte[50])));
    for (String label :
        new String[] {"ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"}) {
      assertRefused(
          "openssl pkcs8", files.certificate(), file("old.pem", PemFiles.pem(label, new byte[50])));
    }
    assertRefused("too large", file("large.pem", "x".repeat(2 << 20)), files.key());
  }
}
