package dev.belfry.sdk;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.http.HttpClient;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** What a client is in the middle of, so that its end can be theirs. */
final class Underway {
  private final Set<Exchange> exchanges = ConcurrentHashMap.newKeySet();

  /** Weakly, as nobody is made to read a body to its end or to close it. */
  private final Set<Body> bodies =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  private volatile boolean ended;

  boolean hasEnded() {
    return ended;
  }

  /** Notes an answer that is waited for. */
  Exchange begin(CompletableFuture<?> answer) {
    Exchange exchange = new Exchange(answer);
    exchanges.add(exchange);
    if (ended) {
      answer.cancel(true);
    }
    return exchange;
  }

  /** One request whose answer is waited for. */
  final class Exchange {
    private final CompletableFuture<?> answer;

    private Exchange(CompletableFuture<?> answer) {
      this.answer = answer;
    }

    /** Ends it if it still runs. */
    void end() {
      answer.cancel(true);
      exchanges.remove(this);
    }
  }

  /** Notes a body that is read while it comes. */
  InputStream read(InputStream in) {
    Body body = new Body(in);
    bodies.add(body);
    return body;
  }

  /** Ends all of it, and what comes after. */
  void endAll(HttpClient client) {
    ended = true;
    exchanges.forEach(Exchange::end);
    List<Body> open;
    synchronized (bodies) {
      open = List.copyOf(bodies);
    }
    for (Body body : open) {
      try {
        body.close();
      } catch (IOException e) {
        // whoever reads it hears that the client is closed
      }
    }
    shutDown(client);
  }

  /**
   * From Java 21 on a client can be shut down; on 17, which this module is built for, it goes when
   * nobody refers to it any more. Not {@code close()}, which waits.
   */
  private static void shutDown(HttpClient client) {
    try {
      HttpClient.class.getMethod("shutdownNow").invoke(client);
    } catch (NoSuchMethodException older) {
      // nothing is left that it could do
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }

  private final class Body extends FilterInputStream {
    Body(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return known(in.read());
      } catch (IOException e) {
        throw named(e);
      }
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      try {
        return known(in.read(bytes, from, length));
      } catch (IOException e) {
        throw named(e);
      }
    }

    /** What the end of the client cut off must not look like a whole file. */
    private int known(int read) throws IOException {
      if (ended) {
        throw new IOException("it was being read");
      }
      return read;
    }

    private IOException named(IOException e) {
      return ended ? new IOException("The client is closed", e) : e;
    }

    @Override
    public void close() throws IOException {
      bodies.remove(this);
      super.close();
    }
  }
}
