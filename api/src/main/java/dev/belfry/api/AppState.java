package dev.belfry.api;

import dev.belfry.api.check.Check;
import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * State of the sign-in of the installation (contract: models, next.AppState).
 *
 * @param state overall state
 * @param e2ee state of the encryption
 * @param matrix who is signed in; absent before
 * @param verification running verification
 */
@Json
public record AppState(
    State state, Encryption e2ee, @Nullable Session matrix, @Nullable Verification verification) {
  /** Checks what is required and copies what could change. */
  public AppState {
    Check.required(state, "state");
    Check.required(e2ee, "e2ee");
  }

  /**
   * Overall state. Other values than the ones named here are kept as they are.
   *
   * @param value the value on the wire
   */
  public record State(@Json.Value String value) {
    /** Nobody is signed in. */
    public static final State NEEDS_LOGIN = new State("needs-login");

    /** It is starting. */
    public static final State INITIALIZING = new State("initializing");

    /** Signed in; cross-signing is to be set up. */
    public static final State NEEDS_CROSS_SIGNING_SETUP = new State("needs-cross-signing-setup");

    /** Signed in; this device is to be verified. */
    public static final State NEEDS_VERIFICATION = new State("needs-verification");

    /** Verified; the keys of the account are still missing. */
    public static final State NEEDS_SECRETS = new State("needs-secrets");

    /** All but the first sync is done. */
    public static final State NEEDS_FIRST_SYNC = new State("needs-first-sync");

    /** All is done. */
    public static final State READY = new State("ready");

    @Override
    public String toString() {
      return value;
    }
  }

  /**
   * State of the encryption.
   *
   * @param crossSigning cross signing is set up
   * @param firstSyncDone the first sync is done
   * @param hasBackedUpRecoveryKey the recovery key was stored by the user
   * @param initialized the encryption has started
   * @param keyBackup key backup is on
   * @param secrets secrets at hand
   * @param secretStorage secret storage is set up
   * @param verified this device is verified
   * @param recoveryKeyGeneratedAt when the recovery key was made, Unix milliseconds
   */
  @Json
  public record Encryption(
      boolean crossSigning,
      boolean firstSyncDone,
      boolean hasBackedUpRecoveryKey,
      boolean initialized,
      boolean keyBackup,
      Secrets secrets,
      boolean secretStorage,
      boolean verified,
      @Nullable Double recoveryKeyGeneratedAt) {
    /** Checks what is required and copies what could change. */
    public Encryption {
      Check.required(secrets, "secrets");
    }
  }

  /**
   * Secrets at hand.
   *
   * @param masterKey cross-signing master key
   * @param megolmBackupKey key of the key backup
   * @param recoveryKey recovery key
   * @param selfSigningKey self-signing key
   * @param userSigningKey user-signing key
   */
  @Json
  public record Secrets(
      boolean masterKey,
      boolean megolmBackupKey,
      boolean recoveryKey,
      boolean selfSigningKey,
      boolean userSigningKey) {}

  /**
   * Who is signed in.
   *
   * @param deviceID device
   * @param homeserver home server
   * @param userID user
   */
  @Json
  public record Session(String deviceID, String homeserver, String userID) {
    /** Checks what is required and copies what could change. */
    public Session {
      Check.required(deviceID, "deviceID");
      Check.required(homeserver, "homeserver");
      Check.required(userID, "userID");
    }
  }
}
