package dev.belfry.bench.data;

import dev.belfry.model.User;
import dev.belfry.model.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Those that one account knows. */
final class People {
  private final List<User> all = new ArrayList<>();
  private final User owner;

  People(int account, int count, Vocabulary names, SplittableRandom random) {
    var host = account == 0 ? "example.org" : "example" + account + ".net";
    owner = user("owner", "Owner", host, random).asSelf();
    for (int i = 0; i < count; i++) {
      var first = capital(names.word(random.nextInt(names.size())));
      var last = capital(names.word(random.nextInt(names.size())));
      all.add(user("p" + i, first + " " + last, host, random));
    }
  }

  private static User user(String local, String name, String host, SplittableRandom random) {
    return new User(
        new UserId("@" + local + ":" + host),
        name,
        maybe(random, 2, local),
        maybe(random, 5, "+49151" + (10_000_000 + random.nextInt(90_000_000))),
        null,
        maybe(random, 2, "mxc://" + host + "/" + Keys.text(random.nextLong(), 24)),
        false,
        false);
  }

  private static @Nullable String maybe(SplittableRandom random, int oneIn, String value) {
    return random.nextInt(oneIn) == 0 ? value : null;
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  User owner() {
    return owner;
  }

  /** Different ones, some of whom meet in several chats. */
  List<User> some(int count, SplittableRandom random) {
    int many = Math.min(count, all.size());
    int start = random.nextInt(all.size());
    var chosen = new ArrayList<User>(many);
    for (int i = 0; i < many; i++) {
      chosen.add(all.get((start + i) % all.size()));
    }
    return chosen;
  }

  /** The one of a number. */
  User one(int number) {
    return all.get(number % all.size());
  }
}
