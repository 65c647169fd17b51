package dev.belfry.bench.parts;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The process of the parts: a bare Jetty on a free port, which it prints. Ends with its standard
 * input.
 */
public final class PartsMain {
  private static final int PLATFORM_THREADS = 16;

  private PartsMain() {}

  public static void main(String... arguments) throws Exception {
    Map<String, byte[]> contents = new ConcurrentHashMap<>();
    var threads = new QueuedThreadPool(PLATFORM_THREADS, 2);
    // As the server does it: endpoints block, so each request has a virtual thread. Without, the
    // bare handler would be compared with something that nobody could build upon.
    threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
    var server = new Server(threads);
    server.setHandler(new BareHandler(contents, new Runs(contents)));
    var connector = new ServerConnector(server, 0, 1);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    LifeCycle.start(server);
    System.out.println("http://127.0.0.1:" + connector.getLocalPort());
    while (System.in.read() >= 0) {
      // Nobody says anything; the end is what is waited for.
    }
    LifeCycle.stop(server);
  }
}
