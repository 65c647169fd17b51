package dev.belfry.http.guard;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * An answer that must be taken at a patience: who reads a few bytes now and then would hold it for
 * ever, as each byte starts the idle limit anew.
 */
public final class SteadyResponse extends Response.Wrapper {
  private final Patience patience;

  public SteadyResponse(Request request, Response response, Patience patience) {
    super(request, response);
    this.patience = patience;
  }

  @Override
  public void write(boolean last, ByteBuffer content, Callback callback) {
    if (content == null || !content.hasRemaining()) {
      super.write(last, content, callback);
      return;
    }
    var request = getRequest();
    EndPoint connection = transport(request);
    var deadline =
        request
            .getComponents()
            .getScheduler()
            .schedule(
                connection::close,
                patience.longest(content.remaining()).toNanos(),
                TimeUnit.NANOSECONDS);
    super.write(last, content, Callback.from(deadline::cancel, callback));
  }

  /** What is closed at once, without a word of TLS to somebody who does not read. */
  private static EndPoint transport(Request request) {
    EndPoint end = request.getConnectionMetaData().getConnection().getEndPoint();
    return end instanceof SslConnection.SslEndPoint secure
        ? secure.getSslConnection().getEndPoint()
        : end;
  }
}
