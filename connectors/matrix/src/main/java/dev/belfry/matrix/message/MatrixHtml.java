package dev.belfry.matrix.message;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.safety.Cleaner;
import org.jsoup.safety.Safelist;
import org.jspecify.annotations.Nullable;

/**
 * HTML as messages hold it ({@code org.matrix.custom.html}), cut down to what the specification
 * lets through (m.room.message msgtypes).
 */
final class MatrixHtml {
  private static final Safelist SAFE =
      new Safelist()
          .addTags("del", "s", "strike", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "p", "a")
          .addTags("ul", "ol", "li", "sup", "sub", "b", "i", "u", "strong", "em", "code", "pre")
          .addTags("hr", "br", "div", "table", "thead", "tbody", "tr", "th", "td", "caption")
          .addTags("span", "img", "details", "summary")
          .addAttributes("a", "href", "target")
          .addProtocols("a", "href", "https", "http", "ftp", "mailto", "magnet", "matrix")
          .addEnforcedAttribute("a", "rel", "noopener noreferrer")
          .addAttributes("img", "src", "width", "height", "alt", "title", "data-mx-emoticon")
          .addProtocols("img", "src", "mxc")
          .addAttributes("span", "data-mx-color", "data-mx-bg-color", "data-mx-spoiler")
          .addAttributes("span", "data-mx-maths")
          .addAttributes("div", "data-mx-maths")
          .addAttributes("ol", "start")
          .addAttributes("li", "value")
          .addAttributes("code", "class");

  /** No event is as large; what is would only keep the parser busy. */
  private static final int LARGEST = 100_000;

  /** Deeper than this (the specification asks for a bound of 100) the text alone is kept. */
  private static final int DEEPEST = 100;

  private MatrixHtml() {}

  /**
   * Clean HTML without the quotation that replies used to begin with, or null when no formatting is
   * left in it.
   */
  static @Nullable String clean(@Nullable String formatted) {
    if (formatted == null || formatted.indexOf('<') < 0 || formatted.length() > LARGEST) {
      return null;
    }
    Document dirty = Jsoup.parseBodyFragment(formatted);
    dirty.select("mx-reply").remove();
    Document clean = new Cleaner(SAFE).clean(dirty);
    if (clean.body().childrenSize() == 0 || isTooDeep(clean.body())) {
      return null;
    }
    for (Element code : clean.select("code[class]")) {
      Set<String> languages =
          code.classNames().stream()
              .filter(name -> name.startsWith("language-"))
              .collect(Collectors.toCollection(LinkedHashSet::new));
      if (languages.isEmpty()) {
        code.removeAttr("class");
      } else {
        code.classNames(languages);
      }
    }
    clean.outputSettings().prettyPrint(false);
    String html = clean.body().html().strip();
    return html.isEmpty() ? null : html;
  }

  /** What is left of HTML without its tags. */
  static String text(String html) {
    return Jsoup.parseBodyFragment(html).wholeText().strip();
  }

  /** Whom the links of a clean text name: user ids. */
  static Set<String> pills(String html) {
    Set<String> users = new LinkedHashSet<>();
    for (Element link : Jsoup.parseBodyFragment(html).select("a[href]")) {
      String user = userIn(link.attr("href"));
      if (user != null) {
        users.add(user);
      }
    }
    return users;
  }

  /** The user whom a {@code matrix.to} or {@code matrix:} link leads to, or null. */
  private static @Nullable String userIn(String href) {
    String id;
    if (href.startsWith("https://matrix.to/#/")) {
      id = href.substring("https://matrix.to/#/".length());
    } else if (href.startsWith("matrix:u/")) {
      id = "@" + href.substring("matrix:u/".length());
    } else {
      return null;
    }
    int query = id.indexOf('?');
    id = query < 0 ? id : id.substring(0, query);
    try {
      id = URLDecoder.decode(id.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
    return id.startsWith("@") && id.indexOf('/') < 0 ? id : null;
  }

  private static boolean isTooDeep(Element body) {
    int[] deepest = {0};
    body.traverse((node, depth) -> deepest[0] = Math.max(deepest[0], depth));
    return deepest[0] > DEEPEST;
  }
}
