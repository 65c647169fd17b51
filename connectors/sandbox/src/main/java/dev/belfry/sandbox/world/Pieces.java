package dev.belfry.sandbox.world;

import dev.belfry.model.Attachment;
import dev.belfry.model.MessageContent;
import dev.belfry.model.MessageType;
import java.util.List;

/** What a message can be besides a line of text. */
final class Pieces {
  private record Place(String name, String geo) {}

  private record Site(String url, String shortened, String title, String summary) {}

  private static final List<Place> PLACES =
      List.of(
          new Place("Miradouro da Graça", "38.7164,-9.1313"),
          new Place("Kraków Główny", "50.0673,19.9474"),
          new Place("Πλατεία Συντάγματος", "37.9755,23.7348"),
          new Place("上野公園", "35.7156,139.7745"));

  private static final List<Site> SITES =
      List.of(
          new Site(
              "https://trains.example.org/night/lisbon-madrid",
              "https://exa.mp/nt7",
              "Night trains: where they still run",
              "A map of all sleepers with prices, and what to pack."),
          new Site(
              "https://kitchen.example.com/recipes/risotto",
              "https://exa.mp/ris",
              "Mushroom risotto without stirring",
              "Thirty minutes, one pan, and no, you really need not stir."),
          new Site(
              "https://news.example.net/science/northern-lights",
              "https://exa.mp/nl",
              "Northern lights seen far south",
              "Why the sky was green last night and whether it happens again."),
          new Site(
              "https://books.example.org/club/may?page=2",
              "https://exa.mp/bc5",
              "Twelve novels for a slow month",
              "Chosen by readers, with first sentences."));

  private static final List<String> CAPTIONS =
      List.of(
          "", "", "Look at this!", "From this morning", "🌅", "As promised", "Before and after");

  private final Samples samples;
  private final Dice dice;

  Pieces(Samples samples, Dice dice) {
    this.samples = samples;
    this.dice = dice;
  }

  /** A message that is a file, of whatever kind. */
  MessageContent file(String spoken, String language) {
    int kind = dice.between(0, 11);
    if (kind < 5) {
      return photo();
    }
    return switch (kind) {
      case 5 -> of(MessageType.VIDEO, "", samples.video());
      case 6 -> of(MessageType.VOICE, "", samples.voice(spoken, language));
      case 7 -> of(MessageType.AUDIO, "", samples.audio());
      case 8 -> of(MessageType.FILE, "", dice.perMille(500) ? samples.document() : samples.notes());
      case 9 -> of(MessageType.IMAGE, "", samples.gif());
      case 10 -> of(MessageType.STICKER, "", samples.sticker());
      default -> location();
    };
  }

  MessageContent photo() {
    return of(MessageType.IMAGE, dice.pick(CAPTIONS), samples.photo(dice.between(1, 3)));
  }

  MessageContent location() {
    Place place = dice.pick(PLACES);
    MessageContent plain = MessageContent.text("📍 " + place.name() + "\ngeo:" + place.geo());
    return plain.withAttachments(MessageType.LOCATION, List.of());
  }

  static MessageContent of(MessageType type, String caption, Attachment... files) {
    return MessageContent.text(caption).withAttachments(type, List.of(files));
  }

  /**
   * A link that shows where it leads.
   *
   * @param line what stands before it
   */
  MessageContent link(String line) {
    Site site = dice.pick(SITES);
    boolean shortened = dice.perMille(400);
    String written = shortened ? site.shortened() : site.url();
    return MessageContent.text((line + " " + written).strip())
        .withLinks(List.of(samples.link(site.url(), written, site.title(), site.summary())));
  }

  /** The same line with formatting. */
  MessageContent formatted(String line) {
    int middle = line.indexOf(' ', line.length() / 2);
    if (middle < 0) {
      return MessageContent.text(line).withHtml("<strong>" + escape(line) + "</strong>");
    }
    String head = escape(line.substring(0, middle));
    String tail = escape(line.substring(middle + 1));
    return MessageContent.text(line)
        .withHtml(
            dice.perMille(500)
                ? head + " <strong>" + tail + "</strong>"
                : "<em>" + head + "</em> <code>" + tail + "</code>");
  }

  /** The same line, said to somebody by name. */
  static MessageContent mention(Person who, String line, boolean me) {
    String link = "<a href=\"https://matrix.to/#/" + who.id() + "\">" + who.firstName() + "</a>";
    return MessageContent.text("@" + who.firstName() + " " + line)
        .withHtml(link + " " + escape(line))
        .withMentions(List.of(who.id().value()), me);
  }

  /** The same line, said to everybody. */
  static MessageContent mentionAll(String line) {
    return MessageContent.text("@room " + line).withMentions(List.of("@room"), true);
  }

  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
