package dev.belfry.sandbox.world;

import dev.belfry.model.User;
import dev.belfry.model.UserId;
import dev.belfry.sandbox.media.MediaFolder;
import org.jspecify.annotations.Nullable;

/**
 * Somebody on the simulated network.
 *
 * @param handle lower-case letters and digits
 * @param language of what they write, as two letters
 * @param phone E.164, of the range kept for fiction
 * @param bot a bot of the network
 * @param blocked nobody can write to them
 */
public record Person(
    String handle,
    String fullName,
    String language,
    @Nullable String phone,
    @Nullable String email,
    boolean avatar,
    boolean bot,
    boolean blocked) {

  public UserId id() {
    return idOf(handle);
  }

  static UserId idOf(String handle) {
    return new UserId("@" + handle + ":" + World.DOMAIN);
  }

  /** What to call them in a chat. */
  String firstName() {
    int space = fullName.indexOf(' ');
    return space < 0 ? fullName : fullName.substring(0, space);
  }

  User user(MediaFolder media) {
    return new User(
        id(),
        fullName,
        handle,
        phone,
        email,
        avatar ? media.url(MediaFolder.avatar(handle)) : null,
        false,
        blocked,
        true);
  }
}
