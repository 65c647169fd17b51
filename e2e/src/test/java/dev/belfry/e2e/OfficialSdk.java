package dev.belfry.e2e;

import dev.belfry.homeserver.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The official TypeScript SDK as released. Every answer it gets is checked against the contract,
 * also those that it makes nothing of.
 */
final class OfficialSdk implements AutoCloseable {
  private final NodeScript node;
  private final List<Exchange> exchanges = Collections.synchronizedList(new ArrayList<>());
  private final Set<String> called = ConcurrentHashMap.newKeySet();

  private OfficialSdk(NodeScript node) {
    this.node = node;
  }

  /** As a program uses it, with the SDK's own repetition of failed requests. */
  static OfficialSdk connect(URI server, String token) {
    return connect(server, token, 2);
  }

  static OfficialSdk connect(URI server, String token, int retries) {
    var environment = Map.of("BEEPER_BASE_URL", server.toString(), "BEEPER_ACCESS_TOKEN", token);
    return new OfficialSdk(NodeScript.start("sdk.mjs", environment, Integer.toString(retries)));
  }

  /**
   * Calls a method of the SDK and gives what it returns.
   *
   * @param method as in a program, such as {@code chats.markUnread}
   * @throws Refusal when the SDK throws
   */
  Json call(String method, Object... arguments) {
    return ask(method, false, arguments);
  }

  /** Goes through all pages as a program does with {@code for await}, and gives all items. */
  List<Json> all(String method, Object... arguments) {
    return ask(method, true, arguments).list();
  }

  /** What the server answered so far, in order. */
  List<Exchange> exchanges() {
    return List.copyOf(exchanges);
  }

  /** What this SDK can do, by method, and has not been asked to by this client. */
  Set<String> notYetCalled() {
    var operations = new TreeSet<String>();
    node.ask(Map.of("operations", true))
        .at("value")
        .list()
        .forEach(name -> operations.add(name.text()));
    if (operations.size() < 20) {
      throw new IllegalStateException("the SDK is built another way now: " + operations);
    }
    operations.removeAll(called);
    return operations;
  }

  private Json ask(String method, boolean all, Object... arguments) {
    called.add(method);
    var answer = node.ask(Map.of("call", method, "args", List.of(arguments), "all", all));
    for (var recorded : answer.at("exchanges").list()) {
      exchanges.add(Exchange.of(recorded).asInContract());
    }
    if (!answer.at("error").missing()) {
      throw new Refusal(method, answer.at("error"));
    }
    return answer.at("value");
  }

  @Override
  public void close() {
    node.close();
  }

  /** The SDK threw. */
  static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int status;

    Refusal(String method, Json error) {
      super(method + ": " + error);
      status = (int) error.at("status").number();
    }

    /** The HTTP status; 0 when no answer came. */
    int status() {
      return status;
    }
  }
}
