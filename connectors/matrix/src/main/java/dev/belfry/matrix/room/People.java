package dev.belfry.matrix.room;

import dev.belfry.matrix.json.Json;
import dev.belfry.model.Participant;
import dev.belfry.model.User;
import dev.belfry.model.UserId;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** People, out of member events and profiles. */
public final class People {
  private People() {}

  /**
   * A person.
   *
   * @param profile the content of a member event, or of a profile with what a bridge adds ({@code
   *     com.beeper.bridge.*})
   */
  public static User user(String id, Json profile, String me) {
    String username = null;
    String phone = null;
    String email = null;
    for (String identifier : profile.at("com.beeper.bridge.identifiers").texts()) {
      int colon = identifier.indexOf(':');
      String scheme = colon < 0 ? "" : identifier.substring(0, colon).toLowerCase(Locale.ROOT);
      String rest = identifier.substring(colon + 1);
      if (rest.isBlank()) {
        continue;
      }
      switch (scheme) {
        case "tel" -> phone = phone == null ? rest : phone;
        case "mailto" -> email = email == null ? decoded(rest) : email;
        default -> username = username == null ? rest : username;
      }
    }
    return new User(
        new UserId(id),
        profile.words("displayname"),
        username,
        phone,
        email,
        mxc(profile.text("avatar_url")),
        id.equals(me),
        false);
  }

  /** A member, out of an {@code m.room.member} event's content. */
  public static Participant member(Room room, String id, Json content, String me) {
    boolean bot =
        room.isBot(id)
            || content.isTrue("com.beeper.bridge.is_bridge_bot")
            || content.isTrue("com.beeper.bridge.is_network_bot");
    boolean pending = "invite".equals(content.text("membership"));
    User user = user(id, content, me);
    // Whoever is in tells the name that they have; an invitation may bear none.
    boolean profiled = "join".equals(content.text("membership"));
    return new Participant(profiled ? user.asProfiled() : user, room.isAdmin(id), bot, pending);
  }

  /** A content URI, if it is one. */
  public static @Nullable String mxc(@Nullable String url) {
    return url != null && url.startsWith("mxc://") && url.length() > 6 ? url : null;
  }

  /** How to call a person of whom only the id is at hand. */
  public static String localpart(String id) {
    int colon = id.indexOf(':');
    return id.startsWith("@") && colon > 1 ? id.substring(1, colon) : id;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
