package dev.belfry.sandbox;

import dev.belfry.network.HistoryPage;
import dev.belfry.network.NetworkEvent;
import java.io.IOException;
import java.util.List;

/** Pages of a chat's past. A token says how many events lie before the gap. */
final class History {
  private static final String PREFIX = "before-";
  private static final int MOST = 500;

  private History() {}

  static String token(int before) {
    return PREFIX + before;
  }

  /**
   * @throws IOException for a token that was never given
   */
  static HistoryPage page(List<NetworkEvent.Timeline> timeline, String token, int limit)
      throws IOException {
    int before = before(token);
    if (before < 1 || before > timeline.size()) {
      throw new IOException("the sandbox network never gave the token " + token);
    }
    int from = Math.max(0, before - Math.clamp(limit, 1, MOST));
    return new HistoryPage(
        List.copyOf(timeline.subList(from, before)), from == 0 ? null : token(from));
  }

  private static int before(String token) throws IOException {
    try {
      if (token.startsWith(PREFIX)) {
        return Integer.parseInt(token, PREFIX.length(), token.length(), 10);
      }
    } catch (NumberFormatException e) {
      throw new IOException("the sandbox network never gave the token " + token, e);
    }
    throw new IOException("the sandbox network never gave the token " + token);
  }
}
