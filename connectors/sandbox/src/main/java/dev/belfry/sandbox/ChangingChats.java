package dev.belfry.sandbox;

import dev.belfry.network.Action;
import dev.belfry.network.ChatUpdate;
import dev.belfry.network.NetworkEvent;
import dev.belfry.network.Outcome;
import dev.belfry.sandbox.journal.Setting;
import dev.belfry.sandbox.world.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How the simulated network takes what the owner changes about a chat. It remembers all of it. */
final class ChangingChats {
  private final SimulatedNetwork network;

  ChangingChats(SimulatedNetwork network) {
    this.network = network;
  }

  Outcome flag(Action.SetFlag set) {
    Setting setting =
        switch (set.flag()) {
          case ARCHIVED -> Setting.ARCHIVED;
          case LOW_PRIORITY -> Setting.LOW_PRIORITY;
          case MUTED -> Setting.MUTED;
          case PINNED -> Setting.PINNED;
        };
    return set(set.chatKey(), setting, Boolean.toString(set.on()));
  }

  Outcome title(Plan plan, Action.SetTitle set) {
    return look(plan, Setting.TITLE, set.title());
  }

  Outcome description(Plan plan, Action.SetDescription set) {
    return look(plan, Setting.DESCRIPTION, set.description());
  }

  Outcome expiry(Plan plan, Action.SetMessageExpiry set) {
    Integer seconds = set.seconds();
    return look(plan, Setting.EXPIRY, seconds == null ? null : seconds.toString());
  }

  Outcome avatar(Plan plan, Action.SetAvatar set) {
    Path file = set.file();
    try {
      return look(plan, Setting.AVATAR, file == null ? null : network.files().avatar(plan, file));
    } catch (IOException e) {
      return new Outcome.Rejected(
          "file_gone", "The file of this picture cannot be read any more.", false);
    }
  }

  /** Who may not write may not change what all see. */
  private Outcome look(Plan plan, Setting setting, @Nullable String value) {
    String refusal = plan.sendRefusal();
    return refusal == null
        ? set(plan.key(), setting, value)
        : new Outcome.Rejected("forbidden", refusal, false);
  }

  private Outcome set(String chatKey, Setting setting, @Nullable String value) {
    Ledger ledger = network.ledger();
    ledger.happen(
        null,
        0,
        (_, _) -> {
          ChatState chat = ledger.chat(chatKey);
          NetworkEvent.ChatChanged before = chat.settings().get(setting);
          ChatUpdate now = before == null ? network.world().update(chat.plan()) : before.update();
          return Objects.equals(setting.value(now), value)
              ? List.of()
              : List.of(setting.changed(chatKey, value));
        });
    return new Outcome.Done("");
  }
}
