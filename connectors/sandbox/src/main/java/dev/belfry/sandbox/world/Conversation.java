package dev.belfry.sandbox.world;

import dev.belfry.model.ChatType;
import dev.belfry.model.Delivery;
import dev.belfry.model.MessageContent;
import dev.belfry.model.MessageType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Has the members of one chat talk, and now and then react, correct themselves, send a picture. */
final class Conversation {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final int BUSY = 150;

  private static final List<String> REACTIONS =
      List.of("👍", "❤️", "😂", "🎉", "😮", "🙏", "🔥", "👀", "✅", "🥲");

  private static final List<String> FOUND =
      List.of(
          "Found this:", "Worth reading:", "For the train:", "This one!", "Have you seen this?");

  private final Plan plan;
  private final Person self;
  private final List<Person> others;
  private final StoryTeller teller;
  private final Pieces pieces;
  private final Samples samples;
  private final Dice dice;
  private final List<String> recent = new ArrayList<>();
  private final List<SmallTalk.Exchange> talkedAbout = new ArrayList<>();

  /**
   * @param others those who may say something, without the owner
   */
  Conversation(
      Plan plan, Person self, List<Person> others, StoryTeller teller, Samples samples, Dice dice) {
    this.plan = plan;
    this.self = self;
    this.others = others;
    this.teller = teller;
    this.samples = samples;
    this.dice = dice;
    this.pieces = new Pieces(samples, dice);
  }

  /** Talks until there are so many messages. */
  void talk(int messages) {
    List<Person> voices = new ArrayList<>();
    if (plan.readOnly()) {
      voices.add(others.getFirst());
    } else {
      voices.add(self);
      voices.addAll(others);
    }
    while (teller.messages() < messages) {
      boolean busy = plan.messages() >= BUSY;
      teller.pause(dice.between(busy ? 20 : 120, busy ? 900 : 5_000) * MINUTE);
      thread(voices, messages, false);
    }
  }

  /**
   * Others talk, and the owner has not looked yet. All of it is visible, so that the count of
   * unread messages is known.
   */
  void talkUnseen(int messages) {
    List<Person> voices = plan.readOnly() ? List.of(others.getFirst()) : others;
    int target = teller.messages() + messages;
    int mentions = plan.mentions();
    while (teller.messages() < target) {
      teller.pause(dice.between(4, 25) * MINUTE);
      if (mentions-- > 0) {
        String line = dice.perMille(500) ? "could you have a look?" : "what do you think?";
        Person speaker = dice.pick(voices);
        teller.say(
            speaker,
            mentions % 2 == 0 ? Pieces.mention(self, line, true) : Pieces.mentionAll(line));
      } else {
        thread(voices, target, true);
      }
    }
  }

  private void thread(List<Person> voices, int target, boolean unseen) {
    String language = dice.pick(plan.languages());
    SmallTalk.Exchange exchange = exchange(language, Math.max(voices.size(), 2));
    List<Person> cast = cast(voices, exchange.roles());
    Map<String, String> chosen = new HashMap<>();
    for (int role = 0; role < cast.size(); role++) {
      chosen.put(String.valueOf((char) ('A' + role)), cast.get(role).firstName());
    }
    recent.clear();
    for (SmallTalk.Line line : exchange.lines()) {
      // one voice alone would be answering itself
      if (teller.messages() >= target || (voices.size() == 1 && line.role() > 0)) {
        return;
      }
      String text = SmallTalk.in(language).fill(line.text(), chosen, dice);
      say(cast.get(line.role()), text, language, unseen || teller.messages() + 3 > target);
      teller.pause(dice.between(8, 200) * SECOND);
    }
  }

  /** Something that was not talked about just now. */
  private SmallTalk.Exchange exchange(String language, int people) {
    SmallTalk.Exchange exchange = SmallTalk.in(language).exchange(dice, plan.topics(), people);
    for (int i = 0; i < 5 && talkedAbout.contains(exchange); i++) {
      exchange = SmallTalk.in(language).exchange(dice, plan.topics(), people);
    }
    talkedAbout.add(exchange);
    if (talkedAbout.size() > 6) {
      talkedAbout.removeFirst();
    }
    return exchange;
  }

  private List<Person> cast(List<Person> voices, int roles) {
    int first = dice.between(0, voices.size() - 1);
    int step = voices.size() > 8 ? dice.between(1, 3) : 1;
    List<Person> cast = new ArrayList<>();
    for (int i = 0; i < Math.max(roles, 2); i++) {
      cast.add(voices.get((first + i * step) % voices.size()));
    }
    return cast;
  }

  /**
   * @param plainly only in ways that leave exactly one visible message
   */
  private void say(Person speaker, String text, String language, boolean plainly) {
    if (!plainly && !speaker.bot() && !plan.readOnly() && dice.perMille(75)) {
      MessageContent extra = dice.perMille(350) ? link(language) : pieces.file(text, language);
      remember(teller.say(speaker, extra));
      if (extra.type() == MessageType.VOICE) {
        return;
      }
      teller.pause(20 * SECOND);
    }
    MessageContent content = content(speaker, text, plainly);
    boolean careless = !plainly && !plan.readOnly() && content.html() == null && !speaker.bot();
    MessageContent first = careless && dice.perMille(30) ? misspelt(content) : content;
    String key = teller.say(speaker, first);

    remember(key);
    if (speaker.equals(self) && plan.type() == ChatType.SINGLE) {
      teller.delivery(at -> new Delivery.Delivered(at, List.of(others.getFirst().id())));
      teller.seenBy(others.getFirst());
    } else if (!plainly && !others.isEmpty() && dice.perMille(60)) {
      teller.seenBy(dice.pick(others));
    }
    if (!first.equals(content)) {
      teller.pause(15 * SECOND);
      teller.edit(speaker, key, content);
    }
    if (!plainly) {
      aftermath(speaker, key);
    }
  }

  private MessageContent link(String language) {
    return pieces.link(language.equals("en") ? dice.pick(FOUND) : "");
  }

  private MessageContent content(Person speaker, String text, boolean plainly) {
    if (speaker.bot()) {
      return MessageContent.notice(text, false);
    } else if (plan.readOnly()) {
      return MessageContent.text(text);
    }
    MessageContent content = decorated(speaker, text, plainly);
    if (!recent.isEmpty() && dice.perMille(80)) {
      content = content.withReplyTo(dice.pick(recent));
    }
    // long ago, messages did not say whom they mention
    boolean legacy = plan.messages() > 400 && teller.messages() < plan.messages() / 4;
    return legacy ? content.withMentions(null, false) : content;
  }

  private MessageContent decorated(Person speaker, String text, boolean plainly) {
    int draw = dice.between(1, 1000);
    if (draw <= 30) {
      return pieces.formatted(text);
    } else if (draw <= 65 && others.size() > 1) {
      Person addressed = dice.pick(others);
      return addressed.bot() || addressed.equals(speaker)
          ? MessageContent.text(text)
          : Pieces.mention(addressed, text, false);
    } else if (draw <= 73 && others.size() > 1 && !plainly) {
      return Pieces.mentionAll(text);
    }
    return MessageContent.text(text);
  }

  /**
   * With two letters the wrong way round, if it is written with letters that have an order to get
   * wrong.
   */
  private static MessageContent misspelt(MessageContent content) {
    String text = content.body();
    for (int at = text.length() / 2; at > 0; at--) {
      char left = text.charAt(at - 1);
      char right = text.charAt(at);
      if (left != right && isLatin(left) && isLatin(right)) {
        return MessageContent.text(
                text.substring(0, at - 1) + right + left + text.substring(at + 1))
            .withMentions(content.mentions(), content.mentionsMe())
            .withReplyTo(content.replyToKey());
      }
    }
    return content;
  }

  private static boolean isLatin(char letter) {
    return letter >= 'a' && letter <= 'z';
  }

  private void aftermath(Person speaker, String key) {
    if (dice.perMille(80)) {
      List<Person> fans = cast(others.isEmpty() ? List.of(self) : others, dice.between(1, 3));
      String last = "";
      for (Person fan : fans.stream().distinct().filter(f -> !f.equals(speaker)).toList()) {
        teller.pause(9 * SECOND);
        boolean custom = dice.perMille(40);
        last =
            teller.react(
                fan,
                key,
                custom ? ":party-bell:" : dice.pick(REACTIONS),
                custom ? samples.customReaction() : null);
        if (dice.perMille(50)) {
          teller.delete(fan, last);
        }
      }
    }
    if (!speaker.equals(self) && !plan.readOnly() && dice.perMille(40)) {
      teller.react(self, key, dice.pick(REACTIONS), null);
    }
    if (!plan.readOnly() && dice.perMille(10)) {
      teller.pause(12 * SECOND);
      String mistake = teller.say(speaker, MessageContent.text("Sorry, wrong chat!"));
      teller.pause(20 * SECOND);
      teller.delete(speaker, mistake);
    }
  }

  private void remember(String key) {
    recent.add(key);
    if (recent.size() > 6) {
      recent.removeFirst();
    }
  }
}
