package dev.belfry.homeserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The configuration of one test homeserver, with secrets of its own. */
record SynapseConfig(
    int port, String secret, String bridgeToken, String puppetToken, String signingKey) {
  static final String SERVER_NAME = "localhost";

  /** What the ids of the bridge's people begin with. */
  static final String GHOSTS = "ghost_";

  private static final String UNLIMITED = "{per_second: 1000000, burst_count: 1000000}";

  static SynapseConfig create(int port) {
    byte[] seed = new byte[32];
    new SecureRandom().nextBytes(seed);
    String key = Base64.getEncoder().withoutPadding().encodeToString(seed);
    return new SynapseConfig(port, random(), random(), random(), "ed25519 a_test " + key + "\n");
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** The request that makes an account, signed with the shared secret. */
  Map<String, Object> registration(String nonce, String user, String password) {
    return Map.of(
        "nonce",
        nonce,
        "username",
        user,
        "password",
        password,
        "admin",
        false,
        "mac",
        sign(String.join("\0", nonce, user, password, "notadmin")),
        "inhibit_login",
        true);
  }

  void write(Path directory) {
    try {
      Files.createDirectories(directory.resolve("media"));
      Files.writeString(directory.resolve("signing.key"), signingKey);
      Files.writeString(directory.resolve("log.yaml"), LOGGING);
      Files.writeString(
          directory.resolve("bridge.yaml"),
          service("bridge", bridgeToken, "bridgebot", "@" + GHOSTS + ".*", true));
      Files.writeString(
          directory.resolve("puppet.yaml"),
          service("puppet", puppetToken, "puppetbot", "@.*", false));
      Files.writeString(directory.resolve("homeserver.yaml"), homeserver());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // A repeated /sync is otherwise answered from a cache for two minutes: tests would see the past.
  private String homeserver() {
    return """
    server_name: %1$s
    public_baseurl: http://127.0.0.1:%2$d/
    pid_file: /srv/homeserver.pid
    listeners:
      - {port: %2$d, bind_addresses: ['127.0.0.1'], type: http, tls: false, resources: [{names: [client], compress: false}]}
    database: {name: sqlite3, args: {database: /srv/homeserver.db}}
    media_store_path: /srv/media
    signing_key_path: /srv/signing.key
    log_config: /srv/log.yaml
    app_service_config_files: [/srv/bridge.yaml, /srv/puppet.yaml]
    registration_shared_secret: %3$s
    macaroon_secret_key: %3$s
    form_secret: %3$s
    report_stats: false
    bcrypt_rounds: 4
    federation_domain_whitelist: []
    trusted_key_servers: []
    suppress_key_server_warning: true
    url_preview_enabled: false
    presence: {enabled: false}
    caches: {sync_response_cache_duration: 0s}
    max_upload_size: 100M
    user_directory: {enabled: true, search_all_users: true}
    rc_message: %4$s
    rc_registration: %4$s
    rc_login: {address: %4$s, account: %4$s, failed_attempts: %4$s}
    rc_admin_redaction: %4$s
    rc_joins: {local: %4$s, remote: %4$s}
    rc_joins_per_room: %4$s
    rc_invites: {per_room: %4$s, per_user: %4$s, per_issuer: %4$s}
    rc_media_create: %4$s
    rc_room_creation: %4$s
    """
        .formatted(SERVER_NAME, port, secret, UNLIMITED);
  }

  private static final String LOGGING =
      """
      version: 1
      formatters: {p: {format: '%(asctime)s %(levelname)s %(name)s %(request)s %(message)s'}}
      handlers: {f: {class: logging.FileHandler, formatter: p, filename: /srv/homeserver.log}}
      root: {level: WARNING, handlers: [f]}
      disable_existing_loggers: false
      """;

  private static String service(String id, String token, String bot, String users, boolean alone) {
    return """
    id: %1$s
    url: null
    as_token: %2$s
    hs_token: hs-%2$s
    sender_localpart: %3$s
    rate_limited: false
    namespaces: {users: [{regex: '%4$s', exclusive: %5$s}], aliases: [], rooms: []}
    """
        .formatted(id, token, bot, users, alone);
  }

  private String sign(String text) {
    try {
      var mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA1"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String random() {
    byte[] bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
