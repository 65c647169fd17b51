package dev.belfry.api;

import dev.belfry.api.check.Check;
import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A running verification of a device (contract: models, next.Verification).
 *
 * @param id id
 * @param availableActions what may be called now, such as {@code accept} or {@code sas.confirm}
 * @param direction {@code incoming} or {@code outgoing}
 * @param methods {@code qr}, {@code sas}
 * @param purpose {@code login} or {@code device}
 * @param state progress
 * @param error what went wrong
 * @param otherDevice the device on the other side
 * @param otherUserID the person on the other side
 * @param qr code to show
 * @param sas what to compare
 */
@Json
public record Verification(
    String id,
    List<String> availableActions,
    String direction,
    List<String> methods,
    String purpose,
    State state,
    @Nullable Fault error,
    @Nullable Device otherDevice,
    @Nullable String otherUserID,
    @Nullable Qr qr,
    @Nullable Sas sas) {
  /** Checks what is required and copies what could change. */
  public Verification {
    Check.required(id, "id");
    availableActions = Check.list(availableActions, "availableActions");
    Check.required(direction, "direction");
    methods = Check.list(methods, "methods");
    Check.required(purpose, "purpose");
    Check.required(state, "state");
  }

  /**
   * Progress of a verification. Other values than the ones named here are kept as they are.
   *
   * @param value the value on the wire
   */
  public record State(@Json.Value String value) {
    /** Asked for and not accepted. */
    public static final State REQUESTED = new State("requested");

    /** Accepted; it can begin. */
    public static final State READY = new State("ready");

    /** Emoji or numbers are there to be compared. */
    public static final State SAS_READY = new State("sas_ready");

    /** The code was scanned, which is to be confirmed. */
    public static final State QR_SCANNED = new State("qr_scanned");

    /** Both sides have confirmed. */
    public static final State DONE = new State("done");

    /** One side has ended it. */
    public static final State CANCELLED = new State("cancelled");

    /** It has failed. */
    public static final State ERROR = new State("error");

    @Override
    public String toString() {
      return value;
    }
  }

  /**
   * What went wrong.
   *
   * @param code machine code
   * @param reason readable text
   */
  @Json
  public record Fault(String code, String reason) {
    /** Checks what is required and copies what could change. */
    public Fault {
      Check.required(code, "code");
      Check.required(reason, "reason");
    }
  }

  /**
   * A device.
   *
   * @param id device id
   * @param name name
   */
  @Json
  public record Device(String id, @Nullable String name) {
    /** Checks what is required and copies what could change. */
    public Device {
      Check.required(id, "id");
    }
  }

  /**
   * A code to show.
   *
   * @param data content of the code
   */
  @Json
  public record Qr(String data) {
    /** Checks what is required and copies what could change. */
    public Qr {
      Check.required(data, "data");
    }
  }

  /**
   * What both people compare.
   *
   * @param emojis emoji
   * @param decimals numbers
   */
  @Json
  public record Sas(String emojis, @Nullable String decimals) {
    /** Checks what is required and copies what could change. */
    public Sas {
      Check.required(emojis, "emojis");
    }
  }
}
