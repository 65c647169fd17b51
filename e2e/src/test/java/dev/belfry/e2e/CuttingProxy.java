package dev.belfry.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a server and, when told, cuts a connection as soon as a POST has gone through. */
final class CuttingProxy implements AutoCloseable {
  private final URI server;
  private final ServerSocket listening;
  private final AtomicInteger toCut = new AtomicInteger();
  private final AtomicInteger cuts = new AtomicInteger();

  CuttingProxy(URI server) throws IOException {
    this.server = server;
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("proxy").start(this::accept);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort());
  }

  /** The next POST loses its connection before its answer. */
  void cutNext() {
    toCut.set(1);
  }

  int cuts() {
    return cuts.get();
  }

  private void accept() {
    try {
      while (true) {
        var client = listening.accept();
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket client) {
    try (client;
        var to = new Socket(server.getHost(), server.getPort())) {
      Thread.ofVirtual().start(() -> pass(to, client));
      var bytes = new byte[1 << 16];
      InputStream in = client.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        boolean cut =
            new String(bytes, 0, count, ISO_8859_1).startsWith("POST ") && toCut.getAndSet(0) == 1;
        out.write(bytes, 0, count);
        if (cut) {
          cuts.incrementAndGet();
          to.shutdownOutput();
          return;
        }
      }
    } catch (IOException e) {
      // one of the two has gone
    }
  }

  private static void pass(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.close();
    } catch (IOException e) {
      // one of the two has gone
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
