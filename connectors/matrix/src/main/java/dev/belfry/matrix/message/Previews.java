package dev.belfry.matrix.message;

import dev.belfry.matrix.json.Json;
import dev.belfry.matrix.room.People;
import dev.belfry.model.LinkPreview;
import java.util.ArrayList;
import java.util.List;

/** Link previews that come with a message ({@code com.beeper.linkpreviews}, MSC4095). */
final class Previews {
  private static final int MOST = 10;

  private Previews() {}

  static List<LinkPreview> of(Json content) {
    List<LinkPreview> previews = new ArrayList<>();
    for (Json item : content.at("com.beeper.linkpreviews").items()) {
      String matched = item.words("matched_url");
      String url = item.words("og:url") == null ? matched : item.words("og:url");
      if (url == null || !(url.startsWith("https://") || url.startsWith("http://"))) {
        continue;
      }
      String title = item.words("og:title");
      // An encrypted picture would need its key here, which a preview has no place for.
      boolean plain = !item.at("beeper:image:encryption").isObject();
      previews.add(
          new LinkPreview(
              url,
              title == null ? url : title,
              item.words("og:description"),
              matched == null || matched.equals(url) ? null : matched,
              null,
              plain ? People.mxc(item.text("og:image")) : null,
              item.size("og:image:width"),
              item.size("og:image:height")));
      if (previews.size() == MOST) {
        break;
      }
    }
    return previews;
  }
}
