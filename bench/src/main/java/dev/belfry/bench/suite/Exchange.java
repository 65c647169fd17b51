package dev.belfry.bench.suite;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * A kind of request, with what its parts need.
 *
 * @param name on the command line
 * @param title for people
 * @param codec which kind of answer it is
 * @param query which bare query fetches what it needs
 * @param turns what is asked, one after the other, then from the first again
 */
record Exchange(String name, String title, String codec, String query, List<Turn> turns) {
  /**
   * One request.
   *
   * @param body JSON; empty for a GET
   * @param key what the bare query is about
   */
  record Turn(String method, String target, String body, String key) {
    static Turn get(String target, String key) {
      return new Turn("GET", target, "", key);
    }

    byte[] request(String path) {
      return ServerProcess.request(
          method, path, method.equals("GET") ? null : body.getBytes(UTF_8));
    }
  }

  int indexOf(int turn) {
    return turn % turns.size();
  }
}
