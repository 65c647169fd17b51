package dev.belfry.sandbox.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.Capabilities;
import dev.belfry.api.Field;
import dev.belfry.model.AccountId;
import dev.belfry.model.Attachment;
import dev.belfry.model.Delivery;
import dev.belfry.model.Draft;
import dev.belfry.model.LinkPreview;
import dev.belfry.model.MessageContent;
import dev.belfry.model.Participant;
import dev.belfry.model.Reminder;
import dev.belfry.model.Snooze;
import dev.belfry.model.User;
import dev.belfry.network.ChatUpdate;
import dev.belfry.network.NetworkEvent;
import dev.belfry.sandbox.media.MediaFolder;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** "Everything" is what readers of the API are tested with: whatever can be there must be there. */
@Tag("unit")
class EverythingTest {
  /** What has no place here, and why. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          // writing into the chat is possible, and it says so
          "ChatUpdate.sendRefusal",
          // the files are not encrypted
          "Attachment.encryption",
          // nothing was sent from this hub before the first start
          "MessageReceived.transaction",
          "MessageEdited.transaction",
          "MessageDeleted.transaction",
          "Reacted.transaction",
          // all who ever came are still here
          "MembersChanged.left");

  private final Set<Class<?>> kinds = new HashSet<>();
  private final Set<String> known = new TreeSet<>();
  private final Set<String> filled = new TreeSet<>();

  @Test
  void leavesNothingEmpty(@TempDir Path folder) throws Exception {
    World world =
        new World(
            new AccountId("sandbox"),
            Instant.parse("2026-03-14T10:15:30Z"),
            new MediaFolder(folder));
    Plan plan = world.plan("!everything:sandbox.local").orElseThrow();
    assertEquals("Everything", plan.title());
    look(new NetworkEvent.ChatChanged(plan.key(), world.update(plan)));
    look(world.members(plan));
    for (NetworkEvent event : world.story(plan).events()) {
      look(event);
    }
    for (NetworkEvent event : world.story(plan).state()) {
      look(event);
    }
    Set<String> empty = new TreeSet<>(known);
    empty.removeAll(filled);
    empty.removeAll(LEFT_OUT);
    assertEquals(Set.of(), empty);
    assertTrue(
        kinds.containsAll(
            List.of(
                ChatUpdate.class,
                Capabilities.class,
                Capabilities.AttachmentRules.class,
                Capabilities.DisappearingTimer.class,
                Capabilities.MessageRequest.class,
                Capabilities.ParticipantActions.class,
                Capabilities.State.class,
                Draft.class,
                Draft.Attachment.class,
                Reminder.class,
                Snooze.class,
                Participant.class,
                User.class,
                MessageContent.class,
                Attachment.class,
                Attachment.Transcription.class,
                LinkPreview.class,
                NetworkEvent.MessageEdited.class,
                NetworkEvent.MessageDeleted.class,
                NetworkEvent.Reacted.class,
                NetworkEvent.ReadByOther.class,
                Delivery.Sent.class,
                Delivery.Delivered.class,
                Delivery.Failed.class)));
    assertTrue(plan.unread() > 0 && plan.mentions() > 0 && plan.markedUnread());
  }

  private void look(Object value) throws ReflectiveOperationException {
    switch (value) {
      case Field.Value<?> field -> look(field.content());
      case Collection<?> items -> {
        for (Object item : items) {
          look(item);
        }
      }
      case Map<?, ?> map -> look(map.values());
      case Record object -> lookInside(object);
      default -> {}
    }
  }

  private void lookInside(Record object) throws ReflectiveOperationException {
    kinds.add(object.getClass());
    for (RecordComponent part : object.getClass().getRecordComponents()) {
      String name = object.getClass().getSimpleName() + "." + part.getName();
      known.add(name);
      part.getAccessor().setAccessible(true);
      Object value = part.getAccessor().invoke(object);
      if (value != null && isFilled(value, part.getType())) {
        filled.add(name);
        look(value);
      }
    }
  }

  private static boolean isFilled(Object value, Class<?> type) {
    return switch (value) {
      case Field<?> field -> field.orNull() != null;
      case Collection<?> items -> !items.isEmpty();
      case Map<?, ?> map -> !map.isEmpty();
      case String text -> !text.isEmpty();
      // one that can be absent is filled when it is there; of others both values must be seen
      case Boolean flag -> flag || type == Boolean.class;
      default -> true;
    };
  }
}
