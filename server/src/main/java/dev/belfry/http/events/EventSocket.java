package dev.belfry.http.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belfry.api.codec.Codec;
import dev.belfry.core.events.ChatFilter;
import dev.belfry.core.events.Position;
import dev.belfry.http.events.Command.Faulty;
import dev.belfry.http.events.Command.Subscribe;
import dev.belfry.model.HubException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket that is told of events (contract, events.md; Decided for Belfry). It has a thread and
 * a place in the log of its own, so one that is slow delays nobody; when it reads next to nothing
 * it is closed with 1013, and may come back with its last cursor.
 */
final class EventSocket implements FrameHandler {
  private static final System.Logger LOG = System.getLogger(EventSocket.class.getName());
  private static final int AT_ONCE = 64;
  private static final Position NEVER = new Position(Long.MAX_VALUE, 0);

  private static final int SHUTDOWN = 1001;
  private static final int COME_BACK = 1012;
  private static final int FAULT = 1011;
  private static final int SLOW = 1013;
  private static final int UNAUTHORIZED = 4401;

  private final Feed feed;
  private final Listener listener;
  private final Pace pace;
  private final SocketInput input = new SocketInput();
  private final AtomicReference<@Nullable Command> said = new AtomicReference<>();
  private final AtomicReference<@Nullable Closing> asked = new AtomicReference<>();
  private final AtomicBoolean demanded = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile @Nullable Reader reader;
  private volatile @Nullable CoreSession session;
  private volatile @Nullable SocketOutput output;
  private volatile long heard = System.nanoTime();

  // what follows belongs to the thread
  private ChatFilter chats = ChatFilter.NONE;
  private Position at = NEVER;
  private boolean isTrusted = true;
  private long seq = 1;
  private long pingAt;

  private record Closing(int code, String reason) {}

  EventSocket(Feed feed, Listener listener) {
    this.feed = feed;
    this.listener = listener;
    this.pace = feed.pace();
  }

  @Override
  public void onOpen(CoreSession opened, Callback callback) {
    session = opened;
    var out = new SocketOutput(opened, pace.patience());
    output = out;
    callback.succeeded();
    feed.execute(() -> run(opened, out));
    demand();
  }

  @Override
  public void onFrame(Frame frame, Callback callback) {
    demanded.set(false);
    heard = System.nanoTime();
    if (frame.isDataFrame() && asked.get() == null) {
      take(frame);
    } else if (frame.getOpCode() == OpCode.PING) {
      pong(frame);
    } else if (frame.getOpCode() == OpCode.PONG) {
      ponged(frame);
    }
    callback.succeeded();
    // Else the thread goes on listening once it has done what was said: one command at a time.
    if (frame.getOpCode() != OpCode.CLOSE && said.get() == null) {
      demand();
    }
  }

  private void take(Frame frame) {
    try {
      var command = input.take(frame);
      if (command != null) {
        said.set(command);
        wake();
      }
    } catch (SocketInput.Abuse e) {
      asked.set(new Closing(e.code(), String.valueOf(e.getMessage())));
      wake();
    }
  }

  private void pong(Frame ping) {
    var to = output;
    if (to != null) {
      to.pong(ping);
    }
  }

  private void ponged(Frame pong) {
    var by = output;
    if (by != null) {
      by.ponged(pong);
    }
  }

  @Override
  public void onError(Throwable cause, Callback callback) {
    callback.succeeded();
    end();
  }

  @Override
  public void onClosed(CloseStatus status, Callback callback) {
    callback.succeeded();
    end();
  }

  private void end() {
    closed.countDown();
    wake();
  }

  private void wake() {
    var to = reader;
    if (to != null) {
      to.wake();
    }
  }

  private void demand() {
    var from = session;
    if (from != null && closed.getCount() > 0 && demanded.compareAndSet(false, true)) {
      from.demand();
    }
  }

  private void run(CoreSession to, SocketOutput out) {
    Closing closing;
    try (var opened = feed.open(listener)) {
      reader = opened;
      closing = converse(opened, out);
    } catch (SocketOutput.Stuck e) {
      closing = new Closing(SLOW, "Reads too slowly: come back with the last cursor");
    } catch (InterruptedException e) {
      closing = new Closing(SHUTDOWN, "The server ends");
    } catch (IOException e) {
      closing = null;
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a WebSocket is closed because events cannot be read", e);
      closing = new Closing(FAULT, "Events cannot be read now");
    }
    close(to, closing);
  }

  /** Tells and listens until something ends it; null where there is nobody left to tell why. */
  private @Nullable Closing converse(Reader from, SocketOutput out)
      throws IOException, InterruptedException, SocketOutput.Stuck {
    out.send(List.of(json("{\"type\":\"ready\",\"version\":1,\"chatIDs\":[]}")));
    pingAt = System.nanoTime() + pace.ping().toNanos();
    while (closed.getCount() > 0) {
      var closing = closing(from);
      if (closing != null) {
        return closing;
      }
      var command = said.getAndSet(null);
      if (command != null) {
        obey(command, out);
        demand();
        continue;
      }
      if (!tell(from, out)) {
        long toPing = ping(out);
        boolean _ = from.await(chats.isEmpty() ? NEVER : at, toPing);
      }
    }
    return null;
  }

  /** Asks for a sign of life when it is time to; in how many nanoseconds the next is due. */
  private long ping(SocketOutput out) throws IOException, InterruptedException, SocketOutput.Stuck {
    long now = System.nanoTime();
    if (now - pingAt >= 0) {
      requireLife(out, now);
      out.ping();
      pingAt = now + pace.ping().toNanos();
    }
    return pingAt - now;
  }

  /** A ping waits behind all that was sent before it: a peer that reads slowly is alive. */
  private void requireLife(SocketOutput out, long now) throws IOException {
    if (now - heard > 2 * pace.ping().toNanos() + out.backlog().toNanos()) {
      throw new IOException("the peer gives no sign of life");
    }
  }

  private @Nullable Closing closing(Reader from) {
    return switch (from.end()) {
      case UNAUTHORIZED -> new Closing(UNAUTHORIZED, "The token was revoked or has expired");
      case CHANGED ->
          new Closing(COME_BACK, "The token's limits have changed: come back with the last cursor");
      case SHUTDOWN -> new Closing(SHUTDOWN, "The server ends");
      case null -> asked.get();
    };
  }

  /** Tells what is new; whether there is more already. */
  private boolean tell(Reader from, SocketOutput out)
      throws IOException, InterruptedException, SocketOutput.Stuck {
    if (chats.isEmpty()) {
      return false;
    }
    var batch = from.read(chats, at, isTrusted, AT_ONCE);
    at = batch.upTo();
    isTrusted = true;
    if (batch.isReset()) {
      String cursor = feed.log().cursor(from.grant(), at);
      out.send(List.of(json("{\"type\":\"reset\",\"cursor\":\"" + cursor + "\"}")));
    }
    var events = new ArrayList<byte[]>();
    for (var event : batch.events()) {
      events.add(event.json(seq++));
    }
    for (var part : SocketOutput.parts(events)) {
      out.send(part);
      ping(out);
    }
    return batch.hasMore();
  }

  private void obey(Command command, SocketOutput out)
      throws IOException, InterruptedException, SocketOutput.Stuck {
    switch (command) {
      case Faulty faulty -> out.send(List.of(error(faulty)));
      case Subscribe subscribe -> {
        Position from = null;
        var after = subscribe.after();
        if (after != null) {
          try {
            from = EventPage.start(feed, after, "after");
          } catch (HubException e) {
            var fault = "after: " + e.getMessage();
            out.send(
                List.of(error(new Faulty(subscribe.requestId(), Command.INVALID_PAYLOAD, fault))));
            return;
          }
        }
        subscribe(subscribe, from, out);
      }
    }
  }

  private void subscribe(Subscribe command, @Nullable Position from, SocketOutput out)
      throws IOException, InterruptedException, SocketOutput.Stuck {
    var ids =
        command.isForAll()
            ? command.chats()
            : feed.log().canonical(listener.grant(), command.chats());
    if (from != null) {
      at = from;
      isTrusted = false;
    } else if (chats.isEmpty()) {
      at = feed.log().end(); // what happened while nothing was wanted is not told
      isTrusted = true;
    }
    chats = command.isForAll() ? ChatFilter.ALL : new ChatFilter(Set.copyOf(ids));
    out.send(List.of(control("subscriptions.updated", command.requestId(), "chatIDs", ids)));
  }

  private static byte[] error(Faulty faulty) {
    return control("error", faulty.requestId(), "code", faulty.code(), "message", faulty.message());
  }

  private static byte[] control(String type, @Nullable String requestId, Object... rest) {
    var frame = new LinkedHashMap<String, Object>();
    frame.put("type", type);
    if (requestId != null) {
      frame.put("requestID", requestId);
    }
    for (int i = 0; i < rest.length; i += 2) {
      frame.put((String) rest[i], rest[i + 1]);
    }
    return Codec.toBytes(frame);
  }

  private static byte[] json(String text) {
    return text.getBytes(UTF_8);
  }

  /** Says goodbye, and does not wait long for the answer. */
  private void close(CoreSession to, @Nullable Closing closing) {
    if (closing != null && closed.getCount() > 0) {
      asked.set(closing); // what else the peer says is passed over
      said.set(null);
      to.close(closing.code(), closing.reason(), Callback.NOOP);
      demand();
      try {
        boolean _ = closed.await(pace.farewell().toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (closed.getCount() > 0) {
      to.abort();
    }
  }
}
