package dev.belfry.matrix;

import dev.belfry.matrix.http.MatrixApi;
import dev.belfry.matrix.http.MediaApi;
import dev.belfry.matrix.json.Json;
import dev.belfry.matrix.media.Downloads;
import dev.belfry.matrix.media.Uploads;
import dev.belfry.matrix.room.RoomSettings;
import dev.belfry.matrix.room.Rooms;
import dev.belfry.matrix.sync.SyncReader;
import dev.belfry.model.AccountState;
import dev.belfry.network.Action;
import dev.belfry.network.Events;
import dev.belfry.network.HistoryPage;
import dev.belfry.network.LoggedOutException;
import dev.belfry.network.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A link that is open, with all that is done over it. */
final class Session implements MatrixLink.SyncListener, SyncReader.Surroundings, AutoCloseable {
  private static final Duration RETRY_KEYS = Duration.ofMinutes(30);
  private static final Duration FAULT_WAIT = Duration.ofSeconds(5);

  private final MatrixLink link;
  private final MatrixApi api;
  private final Events events;
  private final InstantSource clock;
  private final Rooms rooms;
  private final RoomSettings settings;
  private final PendingKeys pending;
  private final Revealing revealing;
  private final Successors successors;
  private final LostStates lost;
  private final Profiles profiles;
  private final Sending sending;
  private final ReadMarking marking;
  private final Shaping shaping;
  private final Downloads downloads;
  private final MatrixDirectory directory;
  private final History history;
  private final Chores chores;
  private boolean connected;

  Session(MatrixLink link, Path folder, Events events, InstantSource clock) throws IOException {
    this.link = link;
    this.events = events;
    this.clock = clock;
    this.api = new MatrixApi(link.homeserver(), link.accessToken());
    this.rooms = Rooms.open(folder);
    this.settings = RoomSettings.open(folder);
    this.pending = PendingKeys.open(folder);
    this.revealing = new Revealing(link, api, rooms, pending, events, clock);
    this.successors = new Successors(api, rooms, clock);
    this.lost = new LostStates(api, clock);
    this.profiles = new Profiles(api, link.userId(), rooms);
    MediaApi media = new MediaApi(api);
    Uploads uploads = new Uploads(media);
    this.downloads = new Downloads(media);
    this.sending = new Sending(link, api, rooms, uploads);
    this.marking = new ReadMarking(api, link.userId(), rooms);
    this.shaping = new Shaping(api, link.userId(), uploads);
    this.directory = new MatrixDirectory(api, link.userId(), settings);
    this.history = new History(link, api, rooms, pending, new Members(api, link.userId()), clock);
    this.chores = new Chores("matrix chores", RETRY_KEYS, revealing::tryAgain);
  }

  /** Reads until the link ends. */
  void run() throws IOException, LoggedOutException, InterruptedException {
    chores.start();
    chores.add(() -> profiles.tellSelf(events));
    try {
      link.sync(this);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      chores.close();
    }
  }

  @Override
  public void synced(String json, boolean initial) throws InterruptedException {
    LinkDecrypter decrypter = new LinkDecrypter(link, clock);
    SyncReader reader =
        new SyncReader(link.userId(), rooms, settings, events, decrypter, this, clock);
    try {
      reader.read(json, initial);
      pending.add(decrypter.missed());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (successors.isDue()) {
      chores.add(successors::follow);
    }
    if (!connected) {
      connected = true;
      events.state(AccountState.CONNECTED);
      chores.add(revealing::tryAgain);
    }
  }

  @Override
  public void keysArrived(String roomId, String sessionId) {
    if (!pending.of(roomId, sessionId).isEmpty()) {
      chores.add(() -> revealing.tryThese(pending.of(roomId, sessionId)));
    }
  }

  @Override
  public @Nullable List<Json> state(String room) throws InterruptedException {
    return lost.of(room);
  }

  @Override
  public void met(String room, List<String> users) {
    chores.add(() -> {
      for (String user : users) {
        profiles.look(room, user, events);
      }
    });
  }

  Outcome perform(Action action) throws InterruptedException {
    try {
      return switch (action) {
        case Action.SendMessage message -> sending.send(message);
        case Action.MarkRead read -> marking.read(read);
        case Action.MarkUnread unread -> marking.unread(unread);
        case Action.EditMessage edit -> sending.edit(edit);
        case Action.DeleteMessage delete ->
            delete.forEveryone()
                ? sending.redact(delete.chatKey(), delete.targetKey(), delete.transaction())
                : new Outcome.Unsupported();
        case Action.React react -> sending.react(react);
        case Action.Unreact unreact ->
            sending.redact(unreact.chatKey(), unreact.reactionKey(), unreact.transaction());
        case Action.SetFlag set -> shaping.flag(set);
        case Action.SetTitle set -> shaping.title(set);
        case Action.SetDescription set -> shaping.description(set);
        case Action.SetAvatar set -> shaping.avatar(set);
        case Action.SetMessageExpiry set -> shaping.expiry(set);
      };
    } catch (IOException e) {
      return new Outcome.RetryLater(FAULT_WAIT, "The homeserver cannot be reached.");
    }
  }

  MatrixDirectory directory() {
    return directory;
  }

  void download(String id, @Nullable String encryption, OutputStream target)
      throws IOException, InterruptedException {
    downloads.fetch(id, encryption, target);
  }

  void typing(String room, boolean typing) throws IOException, InterruptedException {
    shaping.typing(room, typing);
  }

  HistoryPage history(String room, String token, int limit)
      throws IOException, InterruptedException {
    return history.page(room, token, limit);
  }

  @Override
  public void close() {
    link.close();
    api.close();
  }
}
