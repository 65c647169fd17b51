package dev.belfry.sandbox.world;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What people of one language say: short conversations by topic, with gaps to fill, and answers by
 * occasion.
 */
final class SmallTalk {
  /**
   * One line of a conversation.
   *
   * @param role 0 for who began it, then 1 and 2
   */
  record Line(int role, String text) {}

  /**
   * A conversation.
   *
   * @param roles how many people it takes
   */
  record Exchange(String topic, List<Line> lines, int roles) {}

  /** Gaps that take a digit. */
  private static final Set<String> NUMBERS = Set.of("n", "m", "k");

  private static final Pattern GAP = Pattern.compile("\\{(\\w+)}");
  private static final Map<String, SmallTalk> LANGUAGES = new ConcurrentHashMap<>();

  private final Map<String, List<String>> fillings = new HashMap<>();
  private final Map<String, List<Exchange>> exchanges = new TreeMap<>();
  private final Map<String, List<String>> answers = new HashMap<>();

  private SmallTalk(String language) {
    String block = "";
    List<Line> lines = new ArrayList<>();
    for (String line : Texts.lines("threads/" + language + ".txt")) {
      if (line.startsWith("@")) {
        String[] parts = line.split(" = ", 2);
        fillings.put(parts[0].substring(1), List.of(parts[1].split(" \\| ")));
      } else if (line.startsWith("[")) {
        add(block, lines);
        block = line.substring(1, line.length() - 1);
      } else if (line.startsWith("- ")) {
        answers
            .computeIfAbsent(block.substring("answer:".length()), _ -> new ArrayList<>())
            .add(line.substring(2));
      } else if (!line.isBlank()) {
        lines.add(new Line(line.charAt(0) - 'A', line.substring(3)));
      }
    }
    add(block, lines);
  }

  private void add(String topic, List<Line> lines) {
    if (!lines.isEmpty()) {
      int roles = lines.stream().mapToInt(Line::role).max().orElse(0) + 1;
      exchanges
          .computeIfAbsent(topic, _ -> new ArrayList<>())
          .add(new Exchange(topic, List.copyOf(lines), roles));
      lines.clear();
    }
  }

  static SmallTalk in(String language) {
    return LANGUAGES.computeIfAbsent(language, SmallTalk::new);
  }

  /**
   * A conversation on one of the topics, or on any if this language has none of them; announcements
   * only where asked for.
   *
   * @param people how many can take part
   */
  Exchange exchange(Dice dice, List<String> topics, int people) {
    List<Exchange> fitting =
        topics.stream()
            .flatMap(topic -> exchanges.getOrDefault(topic, List.of()).stream())
            .toList();
    if (fitting.isEmpty()) {
      fitting = exchanges.values().stream().flatMap(List::stream).filter(e -> e.roles > 1).toList();
    }
    List<Exchange> possible = fitting.stream().filter(t -> t.roles <= people).toList();
    return dice.pick(possible.isEmpty() ? fitting : possible);
  }

  /**
   * Fills the gaps of a line.
   *
   * @param chosen what they were filled with earlier in the same conversation
   */
  String fill(String text, Map<String, String> chosen, Dice dice) {
    if (text.indexOf('{') < 0) {
      return text;
    }
    return GAP.matcher(text)
        .replaceAll(gap -> {
          String filling = chosen.computeIfAbsent(gap.group(1), name -> filling(name, dice));
          return Matcher.quoteReplacement(
              beginsSentence(text, gap.start()) ? capitalised(filling) : filling);
        });
  }

  private static boolean beginsSentence(String text, int at) {
    return at == 0 || (at > 1 && ".!?".indexOf(text.charAt(at - 2)) >= 0);
  }

  private static String capitalised(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private String filling(String name, Dice dice) {
    return NUMBERS.contains(name)
        ? Integer.toString(dice.between(2, 9))
        : dice.pick(fillings.getOrDefault(name, List.of("…")));
  }

  /** An answer to what somebody wrote. */
  String answer(String text, boolean withFile, Dice dice) {
    List<String> choices = answers.get(occasion(text.strip().toLowerCase(Locale.ROOT), withFile));
    return fill(
        dice.pick(choices == null ? answers.getOrDefault("other", List.of("👍")) : choices),
        new HashMap<>(),
        dice);
  }

  private String occasion(String text, boolean withFile) {
    if (withFile) {
      return "file";
    } else if (text.contains("http://") || text.contains("https://")) {
      return "link";
    } else if (says(text, "thanks", "thank|thx|cheers")) {
      return "thanks";
    } else if (text.endsWith("?") || text.endsWith("؟") || text.endsWith("？")) {
      return "question";
    } else if (says(text, "hello", "hi|hello|hey|good morning")) {
      return "hello";
    }
    return "other";
  }

  /** Whether a text begins with one of the words, in this language or in English. */
  private boolean says(String text, String words, String english) {
    return fillings.getOrDefault(words, List.of()).stream().anyMatch(text::startsWith)
        || List.of(english.split("\\|")).stream()
            .anyMatch(word -> text.equals(word) || text.matches(Pattern.quote(word) + "\\W.*"));
  }
}
