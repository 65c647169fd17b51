package dev.belfry.sandbox.world;

import dev.belfry.model.Delivery;
import dev.belfry.model.MessageContent;
import dev.belfry.model.MessageType;
import java.util.List;

/**
 * What the chat "Everything" has to show: one of each. The last of it, five messages, is unread.
 */
final class EverythingStory {
  private static final long MINUTE = 60_000;

  private final Person self;
  private final Person mira;
  private final Person nikos;
  private final Person layla;
  private final Person fox;
  private final Person bot;
  private final StoryTeller teller;
  private final Samples samples;
  private final Pieces pieces;

  EverythingStory(Person self, People people, StoryTeller teller, Samples samples, Dice dice) {
    this.self = self;
    this.mira = people.named("mira");
    this.nikos = people.named("nikos");
    this.layla = people.named("layla");
    this.fox = people.named("fox");
    this.bot = people.named("buildbot");
    this.teller = teller;
    this.samples = samples;
    this.pieces = new Pieces(samples, dice);
  }

  void tell() {
    teller.pause(300 * MINUTE);
    texts();
    files();
    own();
    teller.read();
    unread();
  }

  private String say(Person who, MessageContent content) {
    teller.pause(3 * MINUTE);
    return teller.say(who, content);
  }

  private void texts() {
    say(bot, MessageContent.notice("Mira Köhler changed the topic", true));
    String plain = say(mira, MessageContent.text("Here is one of each. Plain text first."));
    say(nikos, MessageContent.text("Μια απάντηση, λοιπόν.").withReplyTo(plain));
    say(
        layla,
        MessageContent.text("bold, italic, struck, code, a list\n- one\n- two")
            .withHtml(
                "<strong>bold</strong>, <em>italic</em>, <del>struck</del>, <code>code</code>, a list"
                    + "<ul><li>one</li><li>two</li></ul><blockquote>and a quote</blockquote>"));
    say(fox, Pieces.mention(nikos, "this one is for you", false));
    say(
        fox,
        MessageContent.text("A message from before mentions were told apart, @Alex")
            .withMentions(null, false));
    say(mira, pieces.link("Every field of a preview:"));
    String edited = say(mira, MessageContent.text("This is what it siad first"));
    teller.edit(mira, edited, MessageContent.text("This is what it says now"));
    String deleted = say(layla, MessageContent.text("This will not stay"));
    teller.delete(layla, deleted);
    String liked = say(nikos, MessageContent.text("Everybody reacts to this one 🎈"));
    teller.react(mira, liked, "🎈", null);
    teller.react(fox, liked, "🎈", null);
    teller.react(fox, liked, "🦊", null);
    teller.react(self, liked, "❤️", null);
    teller.react(layla, liked, ":party-bell:", samples.customReaction());
    teller.delete(mira, teller.react(mira, liked, "👎", null));
    say(bot, MessageContent.notice("Build 1204 is green again after 17 minutes.", false));
    say(
        mira,
        MessageContent.text("❤️")
            .withAttachments(MessageType.REACTION, List.of())
            .withReplyTo(plain));
  }

  private void files() {
    say(mira, Pieces.of(MessageType.IMAGE, "A photo with a caption", samples.photo(1)));
    say(
        nikos,
        Pieces.of(
            MessageType.IMAGE,
            "Three at once",
            samples.photo(1),
            samples.photo(2),
            samples.photo(3)));
    say(fox, Pieces.of(MessageType.IMAGE, "", samples.gif()));
    say(fox, Pieces.of(MessageType.STICKER, "", samples.sticker()));
    say(nikos, Pieces.of(MessageType.VIDEO, "The lighthouse at night", samples.video()));
    say(
        layla,
        Pieces.of(
            MessageType.VOICE,
            "",
            samples.voice("I'm on the ferry, I call you when we land", "en")));
    say(mira, Pieces.of(MessageType.AUDIO, "", samples.audio()));
    say(mira, Pieces.of(MessageType.FILE, "", samples.document()));
    say(mira, Pieces.of(MessageType.FILE, "Add what is missing", samples.notes()));
    say(nikos, Pieces.of(MessageType.IMAGE, "", samples.screenshot()));
    say(layla, pieces.location());
  }

  private void own() {
    say(self, MessageContent.text("This one has arrived and was read"));
    teller.delivery(at -> new Delivery.Delivered(at, List.of(mira.id(), nikos.id(), fox.id())));
    teller.seenBy(mira);
    teller.seenBy(fox);
    say(self, MessageContent.text("This one was sent and nothing more is known"));
    teller.delivery(Delivery.Sent::new);
    say(self, MessageContent.text("This one did not get through; it can be sent again"));
    teller.delivery(at ->
        new Delivery.Failed(
            at, "network_timeout", "The phone was offline for too long. Try again.", true));
    say(self, Pieces.of(MessageType.FILE, "This one was refused for good", samples.document()));
    teller.delivery(at ->
        new Delivery.Failed(
            at, "unsupported_file", "WhatsApp does not take this kind of file.", false));
    String first = say(self, MessageContent.text("And this one was corrected bye me"));
    teller.edit(self, first, MessageContent.text("And this one was corrected by me"));
    teller.seenBy(nikos);
  }

  private void unread() {
    String question = say(mira, Pieces.mention(self, "are you there?", true));
    say(nikos, Pieces.mentionAll("lunch at one, whoever is hungry"));
    say(layla, MessageContent.text("أنا جائعة جدا").withReplyTo(question));
    say(fox, Pieces.of(MessageType.IMAGE, "Table for six", samples.photo(2)));
    say(mira, MessageContent.text("See you there 👋"));
  }
}
