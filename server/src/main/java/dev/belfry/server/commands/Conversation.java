package dev.belfry.server.commands;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What a command that takes long, or has questions, says to whoever called it. */
public interface Conversation {
  /**
   * One step of a login.
   *
   * @param instructions for the person; may be empty
   */
  record Question(String instructions, List<Field> fields) {}

  /**
   * A value that is asked for.
   *
   * @param id the key of the answer
   * @param label what to call it
   * @param type {@code url}, {@code username}, {@code password} (not to be shown) and the like
   */
  record Field(String id, String label, String type) {}

  /** Values by the ids of the fields. */
  Map<String, String> ask(Question question) throws IOException;

  /** What is going on, in a line. */
  void progress(String text) throws IOException;
}
