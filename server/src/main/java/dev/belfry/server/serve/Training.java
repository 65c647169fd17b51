package dev.belfry.server.serve;

import dev.belfry.core.Hub;
import dev.belfry.http.Listen;
import dev.belfry.http.ServerIdentity;
import dev.belfry.http.WebServer;
import dev.belfry.model.Grant;
import dev.belfry.server.process.ExitStatus;
import dev.belfry.server.process.Log;
import dev.belfry.server.process.LogLevel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.EnumSet;
import java.util.List;

/**
 * What Java's ahead-of-time cache is made from: a server on a folder of its own that sends some
 * usual requests to itself and ends. The more of the usual code has run here, the less has to be
 * loaded and compiled at later starts.
 */
public final class Training {
  private static final int ROUNDS = 40;
  private static final List<String> PATHS =
      List.of("/v1/info", "/v1/accounts", "/v1/chats", "/v1/chats/none", "/v1/app/setup", "/none");

  private Training() {}

  /** {@code train --data DIR}, which only the program that starts us says. */
  public static boolean isAsked(String... arguments) {
    return arguments.length == 3 && arguments[0].equals("train") && arguments[1].equals("--data");
  }

  /** Trains. */
  public static ExitStatus run(String data, Environment environment)
      throws IOException, InterruptedException {
    Log.configure(LogLevel.WARN, environment.terminal().err());
    var folder = environment.folder(java.nio.file.Path.of(data));
    folder.prepare();
    try (var hub = Wiring.hub(folder.path(), environment.clock(), true, Hub.Options.NONE);
        var web = WebServer.of(hub, ServerIdentity.BELFRY, Listen.loopback(0, 0));
        var client = HttpClient.newHttpClient()) {
      String url = ListenAddress.url(false, "127.0.0.1", web.start());
      SandboxAccounts.make(hub);
      hub.start();
      String token =
          hub.tokens().create("training", EnumSet.allOf(Grant.Scope.class), null).secret();
      for (int i = 0; i < ROUNDS; i++) {
        for (String path : PATHS) {
          request(client, url + path, token);
        }
      }
    }
    return ExitStatus.OK;
  }

  private static void request(HttpClient client, String url, String token)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + token);
    var _ = client.send(request.GET().build(), BodyHandlers.discarding());
    var _ =
        client.send(request.POST(BodyPublishers.ofString("{}")).build(), BodyHandlers.discarding());
  }
}
