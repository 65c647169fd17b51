package dev.belfry.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/** Who is at the other end of a request's connection. */
final class Peer {
  private Peer() {}

  /**
   * Whether a client has hung up before it was answered. The system would take an answer all the
   * same, as it learns only from sending that nobody is there.
   *
   * @param request one whose body was read to its end
   */
  static boolean isGone(Request request) {
    Connection connection = request.getConnectionMetaData().getConnection();
    EndPoint end = connection.getEndPoint();
    if (!end.isOpen()) {
      return true;
    }
    if (!(end.getTransport() instanceof SocketChannel channel) || channel.isBlocking()) {
      return false; // within TLS nobody can look
    }
    var next = ByteBuffer.allocate(1);
    try {
      int count = channel.read(next);
      if (count > 0 && connection instanceof Connection.UpgradeTo reader) {
        reader.onUpgradeTo(next.flip()); // the beginning of its next request
      }
      return count < 0;
    } catch (IOException e) {
      return true;
    }
  }
}
