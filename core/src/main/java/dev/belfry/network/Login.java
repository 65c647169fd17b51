package dev.belfry.network;

import java.io.IOException;
import java.util.Map;

/**
 * A login under way: a step to show, answered by values, until it is complete. Used by one thread
 * at a time.
 */
public interface Login extends AutoCloseable {
  /** What to ask first. */
  LoginStep begin() throws IOException, InterruptedException;

  /**
   * Answers the current step.
   *
   * @param values by the ids of the step's fields; secrets among them are not kept
   * @return the next step; {@link LoginStep.Failed} where the network refused the answer
   * @throws IOException when the network could not be reached
   */
  LoginStep submit(Map<String, String> values) throws IOException, InterruptedException;

  /** Gives the login up if it is not complete. */
  @Override
  void close();
}
