package dev.belfry.sandbox;

import dev.belfry.model.ChatType;
import dev.belfry.model.User;
import dev.belfry.network.Directory;
import dev.belfry.sandbox.world.Plan;
import dev.belfry.sandbox.world.World;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Everybody on the simulated network, and new chats with them. */
final class SandboxDirectory implements Directory {
  private static final int MOST = 50;

  private final SimulatedNetwork network;
  private final World world;
  private final BooleanSupplier up;

  SandboxDirectory(SimulatedNetwork network, BooleanSupplier up) {
    this.network = network;
    this.world = network.world();
    this.up = up;
  }

  @Override
  public List<User> search(String query) throws IOException {
    requireLink();
    String wanted = query.strip().toLowerCase(Locale.ROOT);
    return world.everybody().stream().filter(user -> matches(user, wanted)).limit(MOST).toList();
  }

  private static boolean matches(User user, String wanted) {
    return has(user.fullName(), wanted)
        || has(user.username(), wanted)
        || has(user.phoneNumber(), wanted)
        || has(user.email(), wanted);
  }

  private static boolean has(@Nullable String text, String wanted) {
    return text != null && text.toLowerCase(Locale.ROOT).contains(wanted);
  }

  @Override
  public Optional<User> resolve(Identifier identifier) throws IOException {
    requireLink();
    Predicate<User> is =
        switch (identifier) {
          case Identifier.Id(var id) -> user -> user.id().value().equals(id);
          case Identifier.Username(var name) ->
              user -> name.replaceFirst("^@", "").equalsIgnoreCase(user.username());
          case Identifier.Phone(var number) ->
              user -> number.replaceAll("[^+0-9]", "").equals(user.phoneNumber());
          case Identifier.Email(var mail) -> user -> mail.strip().equalsIgnoreCase(user.email());
        };
    return world.everybody().stream().filter(is).findFirst();
  }

  @Override
  public Opened open(NewChat chat) throws IOException, RefusedException {
    requireLink();
    List<String> handles = new ArrayList<>();
    for (String id : chat.people()) {
      handles.add(handle(id));
    }
    if (!chat.direct()) {
      var members = handles.stream().distinct().toList();
      return new Opened(network.ledger().open(ChatType.GROUP, chat.title(), members), false);
    }
    String other = handles.getFirst();
    Optional<Plan> known =
        world.plans().stream()
            .filter(plan -> plan.type() == ChatType.SINGLE && plan.members().equals(List.of(other)))
            .findFirst();
    return known.isPresent()
        ? new Opened(known.get().key(), true)
        : new Opened(network.ledger().open(ChatType.SINGLE, null, handles), false);
  }

  private String handle(String id) throws RefusedException {
    User user =
        world.everybody().stream()
            .filter(each -> each.id().value().equals(id))
            .findFirst()
            .orElseThrow(() ->
                new RefusedException(
                    "Nobody on the sandbox network has the id "
                        + id
                        + "; search the contacts for those who do."));
    if (user.cannotMessage()) {
      throw new RefusedException("This person takes no messages.");
    }
    return String.valueOf(user.username());
  }

  private void requireLink() throws IOException {
    if (!up.getAsBoolean()) {
      throw new IOException("the link to the sandbox network is down");
    }
  }
}
