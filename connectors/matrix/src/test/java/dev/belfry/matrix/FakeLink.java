package dev.belfry.matrix;

import dev.belfry.network.LoggedOutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A device whose homeserver says what the test wants. */
final class FakeLink implements MatrixLink {
  static final String ME = "@alice:example.org";

  /** A piece of a sync. */
  interface Turn {
    void take(SyncListener listener) throws InterruptedException, LoggedOutException;
  }

  final Map<String, Decryption> keys = new ConcurrentHashMap<>();
  final List<Duration> waits = new ArrayList<>();
  final BlockingQueue<Turn> turns = new LinkedBlockingQueue<>();
  volatile @Nullable String encryptionFault;
  volatile @Nullable String encrypted;
  volatile boolean closed;
  private final URI homeserver;

  FakeLink(URI homeserver) {
    this.homeserver = homeserver;
  }

  @Override
  public String userId() {
    return ME;
  }

  @Override
  public String deviceId() {
    return "DEVICE";
  }

  @Override
  public URI homeserver() {
    return homeserver;
  }

  @Override
  public String accessToken() {
    return "secret";
  }

  @Override
  public void sync(SyncListener listener) throws LoggedOutException, InterruptedException {
    while (!closed) {
      turns.take().take(listener);
    }
  }

  @Override
  public Decryption decrypt(String event, Duration wait) {
    synchronized (waits) {
      waits.add(wait);
    }
    for (Map.Entry<String, Decryption> key : keys.entrySet()) {
      if (event.contains("\"" + key.getKey() + "\"")) {
        return key.getValue();
      }
    }
    return new Decryption(null, null, "no_key", false);
  }

  @Override
  public String encrypt(String roomId, String type, String content) throws EncryptionFault {
    String fault = encryptionFault;
    if (fault != null) {
      throw new EncryptionFault(fault);
    }
    encrypted = content;
    return "{\"algorithm\":\"m.megolm.v1.aes-sha2\",\"ciphertext\":\"" + content.length() + "\"}";
  }

  @Override
  public void close() {
    closed = true;
    turns.add(_ -> {});
  }
}
