package dev.belfry.network;

import dev.belfry.model.User;
import java.util.List;

/** What a login asks for next, or how it ended. */
public sealed interface LoginStep {
  /**
   * Values that a person types.
   *
   * @param stepId tells the steps of one login apart
   * @param instructions for the person
   */
  record UserInput(String stepId, String instructions, List<InputField> fields)
      implements LoginStep {}

  /**
   * A value that is asked for.
   *
   * @param id the key of the answer
   * @param label what to call it
   * @param type {@code url}, {@code username}, {@code password} (not to be echoed) and the like
   */
  record InputField(String id, String label, String type) {}

  /**
   * Logged in.
   *
   * @param self the owner's identity
   * @param loginId what tells this login from others on the same network: logging in as the same
   *     again renews the account
   */
  record Complete(User self, String loginId) implements LoginStep {}

  /**
   * Refused.
   *
   * @param message for the person: what was wrong and what to do
   */
  record Failed(String message) implements LoginStep {}
}
