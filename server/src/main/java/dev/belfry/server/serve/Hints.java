package dev.belfry.server.serve;

import dev.belfry.server.folder.DataFolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a person at a terminal may want to do next. */
final class Hints {
  private Hints() {}

  static String next(
      Environment environment, DataFolder folder, @Nullable Path asked, String url, boolean isNew) {
    String program = environment.program();
    String data = asked == null ? "" : " --data " + Environment.quoted(asked.toString());
    return """

      data        %s
      a token     TOKEN=$(%s token create --name me%s)
      your chats  curl -H "Authorization: Bearer $TOKEN" %s/v1/chats
    %s  the end     Ctrl-C
    """
        .formatted(
            folder.path(),
            program,
            data,
            url,
            isNew
                ? "  an account  "
                    + program
                    + " account add matrix --homeserver https://matrix.org --user YOU"
                    + data
                    + "\n"
                : "");
  }
}
