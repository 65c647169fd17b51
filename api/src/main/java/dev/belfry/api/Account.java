package dev.belfry.api;

import dev.belfry.api.check.Check;
import io.avaje.jsonb.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One login on one network (contract: models, Account and next.Account). The four last components
 * came after 5.0.0, where {@code status} became required.
 *
 * @param accountID identifies the login; used in filters and for routing
 * @param bridge the connector that serves it
 * @param user own identity on that network
 * @param network readable network name
 * @param status state of the connection; always sent by newer servers
 * @param statusText readable state
 * @param loginID id of the login on the bridge
 * @param capabilities free JSON; values as in {@code Codec.tree}, null values included
 */
@Json
public record Account(
    String accountID,
    Bridge bridge,
    User user,
    @Nullable String network,
    @Nullable Status status,
    @Nullable String statusText,
    @Nullable String loginID,
    @Nullable Map<String, Object> capabilities) {
  /** Checks what is required and copies what could change. */
  public Account {
    Check.required(accountID, "accountID");
    Check.required(bridge, "bridge");
    Check.required(user, "user");
    capabilities = Check.treeOrNull(capabilities);
  }

  /** An empty builder. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder filled with this record. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.accountID = accountID;
    builder.bridge = bridge;
    builder.user = user;
    builder.network = network;
    builder.status = status;
    builder.statusText = statusText;
    builder.loginID = loginID;
    builder.capabilities = capabilities;
    return builder;
  }

  /**
   * The connector instance behind an account (contract: models, Account.Bridge).
   *
   * @param id connector instance; equals the type for cloud and Matrix
   * @param provider where the connector runs
   * @param type connector kind, such as {@code matrix} or {@code whatsapp}
   */
  @Json
  public record Bridge(String id, Provider provider, String type) {
    /** Checks what is required and copies what could change. */
    public Bridge {
      Check.required(id, "id");
      Check.required(provider, "provider");
      Check.required(type, "type");
    }
  }

  /**
   * Where a connector runs. Other values than the ones named here are kept as they are.
   *
   * @param value the value on the wire
   */
  public record Provider(@Json.Value String value) {
    /** In the cloud of the maker. */
    public static final Provider CLOUD = new Provider("cloud");

    /** On a server of one's own. */
    public static final Provider SELF_HOSTED = new Provider("self-hosted");

    /** In the server itself. */
    public static final Provider LOCAL = new Provider("local");

    /** By a library of the operating system. */
    public static final Provider PLATFORM_SDK = new Provider("platform-sdk");

    @Override
    public String toString() {
      return value;
    }
  }

  /**
   * State of the connection of an account. Other values than the ones named here are kept as they
   * are.
   *
   * @param value the value on the wire
   */
  public record Status(@Json.Value String value) {
    /** In touch with its network. */
    public static final Status CONNECTED = new Status("connected");

    /** On the way there. */
    public static final Status CONNECTING = new Status("connecting");

    /** In touch, and older messages are being fetched. */
    public static final Status BACKFILLING = new Status("backfilling");

    /** Waits for its owner to connect it. */
    public static final Status CONNECTION_REQUIRED = new Status("connection_required");

    /** Logged out by its network: its owner has to log in again. */
    public static final Status RECONNECT_REQUIRED = new Status("reconnect_required");

    /** Something else waits for its owner. */
    public static final Status ATTENTION_REQUIRED = new Status("attention_required");

    /** Out of touch; the server tries again by itself. */
    public static final Status DISCONNECTED = new Status("disconnected");

    /** Switched off. */
    public static final Status DISABLED = new Status("disabled");

    @Override
    public String toString() {
      return value;
    }
  }

  /** Builds a {@link Account}; what is never set stays absent. */
  public static final class Builder {
    private @Nullable String accountID;
    private @Nullable Bridge bridge;
    private @Nullable User user;
    private @Nullable String network;
    private @Nullable Status status;
    private @Nullable String statusText;
    private @Nullable String loginID;
    private @Nullable Map<String, Object> capabilities;

    private Builder() {}

    /** Sets {@link Account#accountID}. */
    public Builder accountID(String accountID) {
      this.accountID = accountID;
      return this;
    }

    /** Sets {@link Account#bridge}. */
    public Builder bridge(Bridge bridge) {
      this.bridge = bridge;
      return this;
    }

    /** Sets {@link Account#user}. */
    public Builder user(User user) {
      this.user = user;
      return this;
    }

    /** Sets {@link Account#network}. */
    public Builder network(@Nullable String network) {
      this.network = network;
      return this;
    }

    /** Sets {@link Account#status}. */
    public Builder status(@Nullable Status status) {
      this.status = status;
      return this;
    }

    /** Sets {@link Account#statusText}. */
    public Builder statusText(@Nullable String statusText) {
      this.statusText = statusText;
      return this;
    }

    /** Sets {@link Account#loginID}. */
    public Builder loginID(@Nullable String loginID) {
      this.loginID = loginID;
      return this;
    }

    /** Sets {@link Account#capabilities}. */
    public Builder capabilities(@Nullable Map<String, Object> capabilities) {
      this.capabilities = capabilities;
      return this;
    }

    /**
     * The finished record.
     *
     * @throws IllegalArgumentException if a required part (accountID, bridge, user) was not set
     */
    public Account build() {
      return new Account(
          Check.required(accountID, "accountID"),
          Check.required(bridge, "bridge"),
          Check.required(user, "user"),
          network,
          status,
          statusText,
          loginID,
          capabilities);
    }
  }
}
