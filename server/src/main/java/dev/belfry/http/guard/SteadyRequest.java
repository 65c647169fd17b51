package dev.belfry.http.guard;

import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** A request whose body must come at a patience. One that comes to a halt the idle limit ends. */
public final class SteadyRequest extends Request.Wrapper {
  private final Patience patience;
  private long begin;
  private long bytes;
  private Content.@Nullable Chunk failure;

  /** Counts from the first time that bytes are waited for. */
  public SteadyRequest(Request request, Patience patience) {
    super(request);
    this.patience = patience;
  }

  @Override
  public Content.Chunk read() {
    if (failure != null) {
      return failure;
    }
    Content.Chunk chunk = super.read();
    if (chunk != null) {
      bytes += chunk.remaining();
    }
    return chunk;
  }

  @Override
  public void demand(Runnable demandCallback) {
    long now = System.nanoTime();
    if (begin == 0) {
      begin = now;
    } else if (now - begin > patience.longest(bytes).toNanos()) {
      failure = Content.Chunk.from(new TimeoutException("the body comes too slowly"), true);
      demandCallback.run();
      return;
    }
    super.demand(demandCallback);
  }
}
