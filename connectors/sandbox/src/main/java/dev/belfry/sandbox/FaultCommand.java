package dev.belfry.sandbox;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be written in the chat "Faults". */
sealed interface FaultCommand {
  record Drop(Duration time) implements FaultCommand {}

  record Duplicate() implements FaultCommand {}

  record Late(Duration time) implements FaultCommand {}

  record Reject(boolean retryable) implements FaultCommand {}

  record Slow(Duration time) implements FaultCommand {}

  /**
   * Many messages.
   *
   * @param aSecond how many of them come in a second; 0 for all at once
   */
  record Storm(int messages, int aSecond) implements FaultCommand {}

  record Help() implements FaultCommand {}

  /**
   * Not to be understood.
   *
   * @param answer what is wrong and what would be right
   */
  record Mistake(String answer) implements FaultCommand {}

  int MOST_MESSAGES = 5_000;
  int MOST_A_SECOND = 1_000;
  Duration LONGEST = Duration.ofMinutes(10);

  List<String> NAMES =
      List.of("/drop", "/duplicate", "/late", "/reject", "/slow", "/storm", "/help");

  String HELP =
      """
      /drop 5s: the link breaks and stays down for 5 seconds
      /duplicate: the next message or reaction, after my answer, is delivered twice
      /late 3s: the echo of the next message from you comes 3 seconds late
      /reject: the next message from you is refused for good; /reject retryable: it may be tried again
      /slow 2s: the network takes 2 seconds to accept the next message from you
      /storm 500: that many messages arrive at once; /storm 500 200: 200 of them a second, one by one
      /help: this list
      Times are written like 500ms, 5s or 2m. Faults hit this chat only, but for /drop, which hits the account.\
      """;

  Pattern TIME = Pattern.compile("(\\d{1,6})(ms|s|m)?");

  /** Whether a message is meant as a command; those are never hit by faults themselves. */
  static boolean isCommand(String text) {
    return text.strip().startsWith("/");
  }

  static FaultCommand parse(String text) {
    String[] words = text.strip().toLowerCase(Locale.ROOT).split("\\s+", -1);
    String argument = words.length > 1 ? words[1] : "";
    return switch (words[0]) {
      case "/drop" -> time(argument, "5s").<FaultCommand>map(Drop::new).orElse(badTime("/drop 5s"));
      case "/late" -> time(argument, "3s").<FaultCommand>map(Late::new).orElse(badTime("/late 3s"));
      case "/slow" -> time(argument, "2s").<FaultCommand>map(Slow::new).orElse(badTime("/slow 2s"));
      case "/duplicate" -> new Duplicate();
      case "/reject" -> reject(argument);
      case "/storm" ->
          storm(argument.isEmpty() ? "500" : argument, words.length > 2 ? words[2] : "");
      case "/help" -> new Help();
      default -> unknown(words[0]);
    };
  }

  private static Optional<Duration> time(String text, String usual) {
    Matcher matcher = TIME.matcher(text.isEmpty() ? usual : text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    String unit = matcher.group(2);
    Duration time =
        "ms".equals(unit)
            ? Duration.ofMillis(number)
            : "m".equals(unit) ? Duration.ofMinutes(number) : Duration.ofSeconds(number);
    return time.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(time);
  }

  private static FaultCommand badTime(String example) {
    return new Mistake("I need a time of up to 10 minutes, such as: " + example);
  }

  private static FaultCommand reject(String argument) {
    return switch (argument) {
      case "" -> new Reject(false);
      case "retryable" -> new Reject(true);
      default -> new Mistake("Write /reject, or /reject retryable.");
    };
  }

  private static FaultCommand storm(String argument, String rate) {
    int messages = number(argument);
    if (messages < 1 || messages > MOST_MESSAGES) {
      return new Mistake("I need a number from 1 to " + MOST_MESSAGES + ", such as: /storm 500");
    }
    int aSecond = number(rate);
    if (!rate.isEmpty() && (aSecond < 1 || aSecond > MOST_A_SECOND)) {
      return new Mistake(
          "How many a second must be from 1 to " + MOST_A_SECOND + ", such as: /storm 500 200");
    }
    return new Storm(messages, aSecond);
  }

  /** 0 for what is no number. */
  private static int number(String text) {
    return text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
  }

  private static FaultCommand unknown(String word) {
    if (!isCommand(word)) {
      return new Mistake("I only know commands. Write /help to see them.");
    }
    String nearest =
        NAMES.stream()
            .min(Comparator.comparingInt((String name) -> distance(word, name)))
            .orElse("/help");
    return new Mistake(
        "I don't know " + word + ". Did you mean " + nearest + "? /help lists what I can do.");
  }

  /** How many letters have to be changed, added or taken away. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int corner = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int above = row[j];
        int changed = corner + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(changed, Math.min(above, row[j - 1]) + 1);
        corner = above;
      }
    }
    return row[to.length()];
  }
}
