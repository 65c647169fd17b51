package dev.belfry.matrix.message;

/** The quotation in plain text that older clients begin a reply with. */
final class ReplyFallback {
  private ReplyFallback() {}

  /** The body without it. A quotation that a person typed, which names nobody, stays. */
  static String strip(String body) {
    if (!body.startsWith("> <@") && !body.startsWith("> * <@")) {
      return body;
    }
    int at = 0;
    while (body.startsWith(">", at)) {
      int end = body.indexOf('\n', at);
      if (end < 0) {
        return "";
      }
      at = end + 1;
    }
    return body.startsWith("\n", at) ? body.substring(at + 1) : body.substring(at);
  }
}
