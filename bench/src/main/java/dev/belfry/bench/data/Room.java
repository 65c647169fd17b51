package dev.belfry.bench.data;

import dev.belfry.model.ChatType;
import dev.belfry.model.Draft;
import dev.belfry.model.Participant;
import dev.belfry.model.User;
import dev.belfry.network.ChatUpdate;
import dev.belfry.network.NetworkEvent;
import dev.belfry.network.NetworkEvent.ChatChanged;
import dev.belfry.network.NetworkEvent.MembersChanged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A chat of the story: who is in it, and what was said last. */
final class Room {
  private static final int LARGEST_GROUP = 300;
  private static final int REMEMBERED = 16;
  private static final int LIKELY_SPEAKERS = 5;

  /** What was said, as far as later events refer to it. */
  record Said(String key, User by, boolean own) {}

  private final String key;
  private final boolean direct;
  private final boolean unspaced;
  private final User owner;
  private final List<User> others;
  private final List<Said> recent = new ArrayList<>();
  private int next;

  Room(int number, People people, SplittableRandom random) {
    key = "!" + Keys.text(number * 31L + 7, 18) + ":example.org";
    direct = random.nextInt(10) < 6;
    unspaced = random.nextInt(100) < 8;
    owner = people.owner();
    others = direct ? List.of(people.one(number)) : people.some(groupSize(random) - 1, random);
  }

  /** Half of the groups have fewer than six members, one in two hundred has three hundred. */
  private static int groupSize(SplittableRandom random) {
    double even = 1 - random.nextDouble();
    return (int) Math.min(LARGEST_GROUP, 3 * Math.pow(even, -0.9));
  }

  String key() {
    return key;
  }

  boolean isDirect() {
    return direct;
  }

  boolean isUnspaced() {
    return unspaced;
  }

  User owner() {
    return owner;
  }

  /** Somebody else; a few do most of the talking. */
  User other(SplittableRandom random) {
    int among = random.nextInt(4) == 0 ? others.size() : Math.min(others.size(), LIKELY_SPEAKERS);
    return others.get(random.nextInt(among));
  }

  void say(Said said) {
    if (recent.size() < REMEMBERED) {
      recent.add(said);
    } else {
      recent.set(next, said);
    }
    next = (next + 1) % REMEMBERED;
  }

  /** One of the last messages, or null before the first. */
  @Nullable Said recent(SplittableRandom random) {
    return recent.isEmpty() ? null : recent.get(random.nextInt(recent.size()));
  }

  /** The last message, or null before the first. */
  @Nullable Said last() {
    return recent.isEmpty() ? null : recent.get(Math.floorMod(next - 1, recent.size()));
  }

  /** How the chat comes to be. */
  List<NetworkEvent> beginning(Instant at, Texts texts, SplittableRandom random) {
    var update =
        ChatUpdate.builder()
            .type(direct ? ChatType.SINGLE : ChatType.GROUP)
            .archived(random.nextInt(10) < 2)
            .lowPriority(random.nextInt(20) == 0)
            .muted(random.nextInt(7) == 0)
            .pinned(random.nextInt(50) == 0)
            .capabilities(Abilities.of(random.nextBoolean()))
            .createdAt(at);
    if (!direct) {
      update.title(texts.title(random, unspaced));
      update.imgURL("mxc://example.org/" + Keys.text(random.nextLong(), 24));
      if (random.nextInt(3) == 0) {
        update.description(texts.message(random, unspaced));
      }
    }
    if (random.nextInt(30) == 0) {
      update.draft(new Draft(texts.message(random, unspaced), List.of()));
    }
    var members = new ArrayList<Participant>();
    members.add(new Participant(owner, false, false, false));
    for (var user : others) {
      members.add(new Participant(user, random.nextInt(20) == 0, false, false));
    }
    return List.of(
        new ChatChanged(key, update.build()),
        new MembersChanged(key, members, List.of(), true, members.size()));
  }
}
