package dev.belfry.sandbox.world;

import dev.belfry.model.AccountId;
import dev.belfry.model.ChatType;
import dev.belfry.model.Delivery;
import dev.belfry.model.Draft;
import dev.belfry.model.MessageContent;
import dev.belfry.model.Participant;
import dev.belfry.model.Reminder;
import dev.belfry.model.Snooze;
import dev.belfry.model.User;
import dev.belfry.model.UserId;
import dev.belfry.network.ChatUpdate;
import dev.belfry.network.NetworkEvent;
import dev.belfry.sandbox.media.MediaFolder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The simulated network as one account sees it at its first start. Stories are told anew whenever
 * they are asked for, always the same: so the network's past takes no memory.
 */
public final class World {
  private record Told(Plan plan, Story story) {}

  public static final String DOMAIN = "sandbox.local";
  public static final String NETWORK = "Sandbox";

  /**
   * The account that has the private life, "Everything" and "Faults"; every other has the working
   * life.
   */
  private static final AccountId HOME = new AccountId("sandbox");

  private static final Duration DAY = Duration.ofDays(1);

  private final AccountId account;
  private final Instant start;
  private final MediaFolder media;
  private final Samples samples;
  private final People people = new People();
  private final Person self;
  private final Map<String, Plan> plans = Collections.synchronizedMap(new LinkedHashMap<>());

  /** When chats came to be that were opened after the first start. */
  private final Map<String, Instant> opened = new ConcurrentHashMap<>();

  /** The last story: whoever pages through a chat asks for the same one again and again. */
  private volatile @Nullable Told told;

  /**
   * @param start the first start: all times are relative to it
   */
  public World(AccountId account, Instant start, MediaFolder media) {
    this.account = account;
    this.start = start;
    this.media = media;
    this.samples = new Samples(account.value(), media);
    this.self = owner(account);
    List<Plan.Builder> builders = account.equals(HOME) ? HomeChats.plans() : WorkChats.plans();
    for (Plan.Builder builder : builders) {
      Plan plan = builder.build(people);
      plans.put(plan.key(), plan);
    }
  }

  private static Person owner(AccountId account) {
    return account.equals(HOME)
        ? new Person(
            "alex", "Alex Rivera", "en", "+15550100100", "alex@example.org", true, false, false)
        : new Person(
            account + ".alex",
            "Alex Rivera (work)",
            "en",
            null,
            "a.rivera@example.com",
            true,
            false,
            false);
  }

  /** The owner of an account. */
  public static User self(AccountId account, MediaFolder media) {
    return owner(account).user(media).asSelf();
  }

  public UserId self() {
    return self.id();
  }

  /** Everybody with a name of their own, as far as this account knows them. */
  public List<User> people() {
    return plans().stream()
        .flatMap(plan -> plan.members().stream())
        .distinct()
        .map(handle -> people.named(handle).user(media))
        .toList();
  }

  /** Everybody whom the network's own search knows, blocked ones included. */
  public List<User> everybody() {
    return people.all().stream().map(person -> person.user(media)).toList();
  }

  public List<Plan> plans() {
    synchronized (plans) {
      return List.copyOf(plans.values());
    }
  }

  /** A key that no chat has. */
  public String newKey(ChatType type, List<String> members) {
    String slug = type == ChatType.SINGLE ? members.getFirst() : "group";
    for (int number = 1; ; number++) {
      String key = "!" + (number == 1 ? slug : slug + "-" + number) + ":" + DOMAIN;
      if (!plans.containsKey(key)) {
        return key;
      }
    }
  }

  /**
   * A chat comes to be, in which nothing has happened yet.
   *
   * @param key from {@link #newKey}
   * @param members handles, without the owner
   */
  public void open(
      String key, ChatType type, @Nullable String title, List<String> members, Instant at) {
    String slug = key.substring(1, key.indexOf(':'));
    opened.put(key, at);
    plans.put(key, Plan.opened(slug, type, title, members).build(people));
  }

  public Optional<Plan> plan(String chatKey) {
    return Optional.ofNullable(plans.get(chatKey));
  }

  /** The title that the hub shows or would make. */
  public String title(Plan plan) {
    if (plan.title() != null) {
      return plan.title();
    }
    return String.join(", ", plan.members().stream().map(m -> people.named(m).fullName()).toList());
  }

  /** Those who may answer in a chat. */
  public List<Person> contacts(Plan plan) {
    return plan.members().stream().map(people::named).filter(p -> !p.blocked()).toList();
  }

  public NetworkEvent.MembersChanged members(Plan plan) {
    List<Participant> members = new ArrayList<>();
    boolean everything = plan.slug().equals(HomeChats.EVERYTHING);
    boolean owns = plan.type() == ChatType.GROUP && !plan.readOnly() && plan.strangers() == 0;
    members.add(new Participant(self.user(media).asSelf(), owns, false, false));
    for (Person person : people(plan)) {
      members.add(
          new Participant(
              person.user(media),
              plan.type() == ChatType.GROUP && person.handle().equals(plan.members().getFirst()),
              person.bot(),
              everything && person.blocked()));
    }
    return new NetworkEvent.MembersChanged(plan.key(), members, List.of(), true, members.size());
  }

  private List<Person> people(Plan plan) {
    List<Person> all = new ArrayList<>();
    plan.members().forEach(handle -> all.add(people.named(handle)));
    all.addAll(People.strangers(plan.slug(), plan.strangers()));
    return all;
  }

  /** Everything that the network says of a chat. */
  public ChatUpdate update(Plan plan) {
    boolean everything = plan.slug().equals(HomeChats.EVERYTHING);
    String draft = plan.draft();
    Duration reminder = plan.reminder();
    Duration snooze = plan.snooze();
    return ChatUpdate.builder()
        .type(plan.type())
        .title(plan.title())
        .network(plan.network())
        .description(plan.description())
        .imgURL(plan.avatar() ? media.url(MediaFolder.avatar("chat-" + plan.slug())) : null)
        .archived(plan.archived())
        .lowPriority(plan.lowPriority())
        .muted(plan.muted())
        .pinned(plan.pinned())
        .readOnly(plan.readOnly())
        .sendRefusal(plan.sendRefusal())
        .messageExpirySeconds(plan.expirySeconds())
        .draft(
            draft == null ? null : new Draft(draft, everything ? samples.draftFiles() : List.of()))
        .reminder(reminder == null ? null : new Reminder(start.plus(reminder), true))
        .snooze(
            snooze == null
                ? null
                : new Snooze(start.plus(snooze), start.minus(Duration.ofMinutes(30))))
        .capabilities(
            everything
                ? Abilities.all()
                : plan.readOnly() ? Abilities.readOnly() : Abilities.usual())
        .createdAt(
            opened.getOrDefault(
                plan.key(),
                start.minus(plan.quiet()).minus(DAY.multipliedBy(plan.messages() == 0 ? 0 : 800))))
        .build();
  }

  /** What had happened in a chat. */
  public Story story(Plan plan) {
    Told last = told;
    if (last == null || !last.plan().equals(plan)) {
      last = new Told(plan, tell(plan));
      told = last;
    }
    return last.story();
  }

  private Story tell(Plan plan) {
    Dice dice = new Dice(plan.shared() ? plan.slug() : account + "/" + plan.slug());
    StoryTeller teller = new StoryTeller(plan, self);
    if (opened.containsKey(plan.key())) {
      return teller.finish(start);
    }
    List<Person> others = people(plan).stream().filter(p -> !p.blocked() || single(plan)).toList();
    Conversation talk = new Conversation(plan, self, others, teller, samples, dice);
    Person first = others.isEmpty() ? self : others.getFirst();
    if (plan.type() == ChatType.GROUP) {
      teller.say(first, MessageContent.notice(first.fullName() + " created this chat", true));
    }
    talk.talk(plan.messages() - plan.unread());
    switch (plan.answering()) {
      case FAULTS ->
          teller.say(
              first,
              MessageContent.notice("I break things on demand. Write /help to see how.", false));
      case BOUNCES -> bounce(teller, dice);
      case ANSWERS, SILENT -> {}
    }
    if (plan.slug().equals(HomeChats.EVERYTHING)) {
      new EverythingStory(self, people, teller, samples, dice).tell();
    } else {
      teller.read();
      talk.talkUnseen(plan.unread());
    }
    return teller.finish(start.minus(plan.quiet()));
  }

  private static boolean single(Plan plan) {
    return plan.type() == ChatType.SINGLE;
  }

  private void bounce(StoryTeller teller, Dice dice) {
    teller.pause(dice.between(3, 9) * DAY.toMillis());
    teller.say(self, MessageContent.text("Hi Lars, is this still your number?"));
    teller.delivery(
        at -> new Delivery.Failed(at, "not_reachable", "The phone has not been reached.", true));
    teller.pause(DAY.toMillis());
    teller.say(self, MessageContent.text("I guess not."));
    teller.delivery(
        at -> new Delivery.Failed(at, "no_such_number", "This number is no longer in use.", false));
  }

  /** An answer to what the owner wrote. */
  public String answer(Person who, MessageContent message, String occasion) {
    return SmallTalk.in(who.language())
        .answer(message.body(), !message.attachments().isEmpty(), new Dice(occasion));
  }
}
