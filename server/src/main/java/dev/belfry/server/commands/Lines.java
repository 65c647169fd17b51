package dev.belfry.server.commands;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** A socket that carries lines of text. Not for several threads at once. */
final class Lines implements AutoCloseable {
  /** The other side sent a line that no honest one sends. */
  static final class TooLong extends IOException {
    private static final long serialVersionUID = 1;

    TooLong(int longest) {
      super("a line of more than " + longest + " bytes");
    }
  }

  private static final long MOST_IGNORED = 1L << 30;

  private final SocketChannel channel;
  private final int longest;
  private final InputStream in;
  private final OutputStream out;

  /**
   * @param longest how many bytes a line may have that the other side sends
   */
  Lines(SocketChannel channel, int longest) {
    this.channel = channel;
    this.longest = longest;
    in = new BufferedInputStream(Channels.newInputStream(channel));
    out = Channels.newOutputStream(channel);
  }

  /** The next line; empty at the end, also when that cut a line off. */
  Optional<String> read() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        return Optional.of(line.toString(UTF_8));
      }
      if (line.size() == longest) {
        throw new TooLong(longest);
      }
      line.write(b);
    }
    return Optional.empty();
  }

  /**
   * @param line holds no line end, as JSON never does
   */
  void write(String line) throws IOException {
    out.write((line + "\n").getBytes(UTF_8));
  }

  /**
   * Says that nothing more will be written, then reads on for a while: closing at once would take
   * back what has been written.
   */
  void end() throws IOException {
    channel.shutdownOutput();
    byte[] ignored = new byte[8192];
    long left = MOST_IGNORED; // not skip(), which may stop anywhere
    for (int n = in.read(ignored); n >= 0 && left > 0; n = in.read(ignored)) {
      left -= n;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
