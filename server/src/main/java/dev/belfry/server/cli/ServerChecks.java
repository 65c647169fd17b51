package dev.belfry.server.cli;

import dev.belfry.core.Hub;
import dev.belfry.server.commands.Access;
import dev.belfry.server.commands.AccountEntry;
import dev.belfry.server.commands.Commands;
import dev.belfry.server.commands.ServerStatus;
import dev.belfry.server.folder.DataFolder;
import dev.belfry.server.folder.Reasons;
import dev.belfry.server.process.Failures;
import dev.belfry.server.process.Version;
import dev.belfry.server.serve.Serve;
import dev.belfry.server.serve.Wiring;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** The doctor's look at the server, or at what it would find, and at the accounts. */
final class ServerChecks {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

  private final InstantSource clock;
  private final DataFolder folder;

  ServerChecks(InstantSource clock, DataFolder folder) {
    this.clock = clock;
    this.folder = folder;
  }

  void run(Findings findings) throws InterruptedException {
    if (!Files.exists(folder.path().resolve(Hub.STORE))) {
      port(findings); // looking must not make a store
      return;
    }
    try {
      Access.use(
          folder,
          path -> Wiring.hub(path, clock),
          commands -> {
            server(findings, commands);
            accounts(findings, commands.accounts());
            return true;
          });
    } catch (IOException | RuntimeException e) {
      findings.bad("hub", Failures.message(e));
    }
  }

  private static void server(Findings findings, Commands commands)
      throws IOException, InterruptedException {
    var server = commands.server();
    if (server.isEmpty()) {
      findings.ok("server", "none is running on this folder");
      port(findings);
      return;
    }
    ServerStatus status = server.get();
    String text =
        "process %d, since %s, version %s"
            .formatted(status.pid(), status.startedAt(), status.version());
    if (status.version().equals(Version.current())) {
      findings.ok("server", text);
    } else {
      findings.warn("server", text + "; this program is " + Version.current() + ": restart it");
    }
    for (var address : status.addresses()) {
      http(findings, address);
    }
  }

  private static void http(Findings findings, String address) throws InterruptedException {
    if (address.startsWith("https:")) {
      https(findings, URI.create(address));
      return;
    }
    var request =
        HttpRequest.newBuilder(URI.create(address + "/v1/info")).timeout(ANSWER_WITHIN).build();
    try (var client = HttpClient.newHttpClient()) {
      int code = client.send(request, BodyHandlers.discarding()).statusCode();
      if (code == 200) {
        findings.ok("http", address + " answers");
      } else {
        findings.bad("http", address + " answers with status " + code);
      }
    } catch (IOException e) {
      findings.bad("http", address + " does not answer: " + Reasons.of(e));
    }
  }

  /** Its certificate is for its name, not for the address that it listens at. */
  private static void https(Findings findings, URI address) {
    try (var socket = new Socket()) {
      var host = address.getHost().replaceAll("^\\[|]$", "");
      socket.connect(
          new InetSocketAddress(host, address.getPort()), (int) ANSWER_WITHIN.toMillis());
      findings.ok("http", address + " takes connections");
    } catch (IOException e) {
      findings.bad("http", address + " takes no connections: " + Reasons.of(e));
    }
  }

  private static void accounts(Findings findings, List<AccountEntry> accounts) {
    if (accounts.isEmpty()) {
      findings.ok("accounts", "none yet");
    }
    for (var account : accounts) {
      String reason = account.reason().isEmpty() ? "" : ", " + account.reason();
      String text = account.user() + ": " + account.state() + reason;
      switch (account.state()) {
        case "reconnect required", "attention required" -> findings.bad(account.id(), text);
        case "disconnected" -> findings.warn(account.id(), text);
        default -> findings.ok(account.id(), text);
      }
    }
  }

  private static void port(Findings findings) {
    for (int port = Serve.FIRST_PORT; port <= Serve.LAST_PORT; port++) {
      if (isFree(port)) {
        if (port == Serve.FIRST_PORT) {
          findings.ok("port", port + " is free");
        } else {
          findings.warn(
              "port", "%d is taken; `serve` will use %d".formatted(Serve.FIRST_PORT, port));
        }
        return;
      }
    }
    findings.bad("port", "%d to %d are all taken".formatted(Serve.FIRST_PORT, Serve.LAST_PORT));
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
