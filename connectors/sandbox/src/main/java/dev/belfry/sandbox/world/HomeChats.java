package dev.belfry.sandbox.world;

import static dev.belfry.sandbox.world.Plan.direct;
import static dev.belfry.sandbox.world.Plan.group;

import dev.belfry.sandbox.world.Plan.Answering;
import java.time.Duration;
import java.util.List;

/** The chats of the first account: a person's private life. */
final class HomeChats {
  static final String EVERYTHING = "everything";
  static final String FAULTS = "faults";

  private HomeChats() {}

  static List<Plan.Builder> plans() {
    return List.of(
        everything(),
        faults(),
        direct("mira")
            .bridged("WhatsApp")
            .in("en", "en", "en", "de")
            .about("plans", "food", "books", "film", "climb", "pets", "weather", "health")
            .messages(1650)
            .quiet(Duration.ofMinutes(12))
            .unread(2, 0)
            .pinned(),
        group("lisbon", "Lisbon in May 🚋", "mira", "joao", "zoe", "quinn")
            .bridged("WhatsApp")
            .in("en", "en", "en", "pt")
            .about("travel", "food", "plans", "weather")
            .messages(1850)
            .quiet(Duration.ofMinutes(47))
            .unread(6, 1)
            .pinned()
            .avatar()
            .description("12 to 19 May. The plan is pinned, the plan of the plan is not."),
        group("family", "Family 💛", "mama", "papa", "sister")
            .bridged("WhatsApp")
            .in("es", "es", "en")
            .about("family", "food", "school", "pets")
            .messages(120)
            .quiet(Duration.ofHours(2))
            .unread(3, 0)
            .avatar(),
        direct("mama").bridged("WhatsApp").messages(80).quiet(Duration.ofHours(5)).unread(1, 0),
        direct("yuki").bridged("Telegram").messages(60).quiet(Duration.ofHours(7)),
        direct("ekaterina")
            .bridged("Telegram")
            .messages(70)
            .quiet(Duration.ofHours(9))
            .unread(2, 0),
        direct("nikos").bridged("Telegram").messages(45).quiet(Duration.ofHours(20)),
        direct("layla").bridged("WhatsApp").messages(55).quiet(Duration.ofHours(26)).unread(1, 0),
        direct("noa").bridged("WhatsApp").messages(40).quiet(Duration.ofDays(2)),
        direct("priya").bridged("WhatsApp").messages(50).quiet(Duration.ofDays(2)).markedUnread(),
        direct("somchai").bridged("LINE").messages(35).quiet(Duration.ofDays(3)),
        direct("xiaoming").bridged("WeChat").messages(48).quiet(Duration.ofDays(3)).unread(4, 0),
        direct("minjun").bridged("KakaoTalk").messages(38).quiet(Duration.ofDays(4)),
        direct("lucja").bridged("Messenger").messages(42).quiet(Duration.ofDays(5)),
        direct("zoe").bridged("Instagram").messages(64).quiet(Duration.ofHours(31)),
        direct("joao").bridged("WhatsApp").messages(58).quiet(Duration.ofDays(6)),
        direct("fox").bridged("Discord").about("games", "music", "film").messages(75),
        direct("hannah")
            .bridged("Signal")
            .about("books", "garden", "plans")
            .messages(44)
            .quiet(Duration.ofDays(8))
            .draft("Hi Hannah, about Saturday: "),
        direct("quinn")
            .bridged("Signal")
            .messages(30)
            .quiet(Duration.ofHours(14))
            .expires(Duration.ofDays(7)),
        group("books", "Book Club", "hannah", "zoe", "nikos", "sogut")
            .about("books", "plans", "food")
            .messages(110)
            .quiet(Duration.ofHours(33))
            .description("One book a month. Spoilers only after the first Thursday.")
            .reminder(Duration.ofHours(26)),
        group("neighbours", "Neighbours, No. 14", "lucja", "omar", "nguyen", "avi", "chiara")
            .bridged("WhatsApp")
            .about("home", "garden", "weather")
            .messages(140)
            .quiet(Duration.ofHours(4))
            .unread(17, 0)
            .lowPriority()
            .muted(),
        group("choir", "Choir · 合唱団", "yuki", "haruka", "rocket", "chiara", "eleni")
            .bridged("Telegram")
            .in("en", "ja")
            .about("music")
            .messages(90)
            .quiet(Duration.ofHours(40))
            .avatar()
            .snooze(Duration.ofHours(18)),
        group("marathon", "City Marathon 2027 🏃", "rocket", "kwame", "chiara")
            .strangers(296)
            .about("sport", "health", "weather")
            .messages(180)
            .quiet(Duration.ofMinutes(95))
            .unread(58, 2)
            .muted()
            .avatar()
            .description("Start times, pacers, and please: no medical advice."),
        group("climbing", "Climbing Tuesdays", "mira", "fox", "kwame", "sogut", "chiara", "minjun")
            .bridged("Signal")
            .about("climb", "plans", "food", "weather")
            .messages(420)
            .quiet(Duration.ofMinutes(25))
            .unread(230, 4),
        notices(),
        group("boardgames", "Board Games 🎲", "fox", "rocket", "quinn", "arjun")
            .bridged("Discord")
            .about("games", "plans")
            .messages(65)
            .quiet(Duration.ofDays(2))
            .markedUnread()
            .draft("I can bring **two** games, but not the one with the"),
        group("garden", "Garden Plot 7 🍅", "hannah", "omar", "oksana")
            .about("garden", "weather")
            .messages(55)
            .quiet(Duration.ofDays(9))
            .description("🥕🌻 Water on odd days: us. On even days: the Haddads."),
        group("unnamed", null, "zoe", "lucja", "joao").messages(26).quiet(Duration.ofDays(11)),
        direct("nguyen").bridged("Zalo").messages(22).quiet(Duration.ofDays(40)).archived(),
        direct("sogut").bridged("WhatsApp").messages(34).quiet(Duration.ofDays(75)).archived(),
        group("krakow", "Flat in Kraków 2019", "lucja", "tomasz", "dmitri")
            .in("pl", "ru")
            .about("home", "food")
            .messages(85)
            .quiet(Duration.ofDays(420))
            .archived(),
        direct("parcels")
            .about("shop")
            .messages(24)
            .quiet(Duration.ofHours(3))
            .unread(1, 0)
            .lowPriority()
            .readOnly("Parcel Service does not read answers."),
        direct("codes")
            .about("code")
            .messages(30)
            .quiet(Duration.ofDays(1))
            .archived()
            .muted()
            .readOnly("Sign-in Codes cannot be written to."),
        direct("lost")
            .bridged("SMS")
            .messages(18)
            .quiet(Duration.ofDays(13))
            .answering(Answering.BOUNCES),
        direct("blocked")
            .bridged("SMS")
            .messages(3)
            .quiet(Duration.ofDays(30))
            .lowPriority()
            .readOnly("You have blocked this number."),
        group("notes", "Note to self")
            .messages(20)
            .quiet(Duration.ofDays(2))
            .answering(Answering.SILENT),
        direct("begona").bridged("WhatsApp").messages(0).quiet(Duration.ofDays(3)));
  }

  private static Plan.Builder everything() {
    return group(EVERYTHING, "Everything", "mira", "nikos", "layla", "fox", "blocked", "buildbot")
        .bridged("WhatsApp")
        .about("plans", "travel", "food")
        .messages(90)
        .quiet(Duration.ofMinutes(4))
        .unread(5, 2)
        .markedUnread()
        .lowPriority()
        .muted()
        .pinned()
        .avatar()
        .description("Whatever a chat or a message can have, something in here has it.")
        .expires(Duration.ofDays(90))
        .draft("Shall we take <strong>both</strong> trains?")
        .reminder(Duration.ofHours(20))
        .snooze(Duration.ofHours(3));
  }

  private static Plan.Builder faults() {
    return group(FAULTS, "Faults", "gremlin", "rocket", "kwame", "lin")
        .messages(0)
        .quiet(Duration.ofMinutes(30))
        .answering(Answering.FAULTS)
        .description("Breaks things on demand. Write /help.");
  }

  /** A channel that both accounts are in. */
  static Plan.Builder notices() {
    return group("harbour", "Harbour Notices ⚓", "harbour")
        .strangers(24)
        .about("announce")
        .messages(60)
        .quiet(Duration.ofHours(6))
        .unread(2, 0)
        .avatar()
        .description("Official notices of the harbour office. For reading only.")
        .readOnly("Only the harbour office can write here.")
        .shared();
  }
}
