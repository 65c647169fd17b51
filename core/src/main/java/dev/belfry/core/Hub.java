package dev.belfry.core;

import dev.belfry.core.access.Clients;
import dev.belfry.core.access.Codes;
import dev.belfry.core.access.Consents;
import dev.belfry.core.events.EventLog;
import dev.belfry.core.events.Keep;
import dev.belfry.core.files.Assets;
import dev.belfry.core.files.FileLimits;
import dev.belfry.core.repeat.Answers;
import dev.belfry.network.Connector;
import dev.belfry.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole of the hub on one data folder. The folder must be locked by the caller: there is one
 * owner at a time.
 */
public final class Hub implements AutoCloseable {
  /** The store's file in the data folder. */
  public static final String STORE = "belfry.db";

  /** How many reads run at the same time, each on its caller's thread; others wait. */
  public static final int READS_AT_ONCE = Database.READS_AT_ONCE;

  /** How long tokens that a person let a client have are good. */
  private static final Duration CONSENTED_TOKENS = Duration.ofDays(90);

  private final Path folder;
  private final Database database;
  private final AccountFolders folders;
  private final Links links;
  private final Accounts accounts;
  private final Chats chats;
  private final Messages messages;
  private final Reactions reactions;
  private final Reminders reminders;
  private final Typing typing;
  private final NewChats newChats;
  private final Contacts contacts;
  private final Search search;
  private final Tokens tokens;
  private final Clients clients;
  private final Codes codes;
  private final Consents consents;
  private final Changes changes;
  private final EventLog events;
  private final Assets assets;
  private final Sweeps sweeps;
  private final Waits waits;
  private final Answers answers;
  private boolean isTidy;

  /**
   * What can be chosen.
   *
   * @param extraToken one more full token that is kept nowhere; null for none
   * @param events how much of the event log is kept
   * @param files how much room files may take
   */
  public record Options(@Nullable String extraToken, Keep events, FileLimits files) {
    public static final Options NONE = new Options(null);

    public Options(@Nullable String extraToken) {
      this(extraToken, Keep.DEFAULT, FileLimits.DEFAULT);
    }

    public Options(@Nullable String extraToken, Keep events) {
      this(extraToken, events, FileLimits.DEFAULT);
    }

    public Options(@Nullable String extraToken, FileLimits files) {
      this(extraToken, Keep.DEFAULT, files);
    }
  }

  private Hub(Path folder, List<Connector> connectors, InstantSource clock, Options options) {
    this.folder = folder;
    database = new Database(folder.resolve(STORE), clock);
    folders = new AccountFolders(folder);
    waits = new Waits(clock);
    var inbox = new Inbox(database);
    var outbox = new Outbox(database, waits);
    var backfill = new Backfill(database, inbox, waits);
    var connections = new Connections();
    links = new Links(database, connectors, folders, waits, inbox, outbox, backfill, connections);
    tokens = new Tokens(database, clock, options.extraToken());
    accounts = new Accounts(database, folders, connectors, links, tokens);
    chats = new Chats(database, outbox);
    messages = new Messages(database, outbox, backfill);
    reactions = new Reactions(database, outbox);
    reminders = new Reminders(database, outbox, waits);
    typing = new Typing(database, connections);
    newChats = new NewChats(database, connections, messages);
    contacts = new Contacts(database, connections);
    search = new Search(database);
    clients = new Clients(database);
    codes = new Codes(tokens, clock, CONSENTED_TOKENS);
    consents = new Consents(tokens, clients, codes, clock);
    changes = new Changes(database);
    events = new EventLog(database, MessagePages::pending, options.events());
    assets = new Assets(database, folder, options.files(), connections::find, clock);
    sweeps =
        new Sweeps(
            waits, List.of(new ChangeSweep(database, waits, options.events()), assets::sweep));
    answers = new Answers(database);
  }

  /**
   * Opens the store, making or migrating it as needed. No network is touched before {@link #start}.
   *
   * @param folder the data folder, mode 0700
   * @throws dev.belfry.model.StoreFault when the file is corrupt, of a newer version or cannot be
   *     written: the message says what to do
   */
  public static Hub open(
      Path folder, List<Connector> connectors, InstantSource clock, Options options) {
    return new Hub(folder, connectors, clock, options);
  }

  /**
   * Removes the files that an earlier run left over, and those that there is no room for. A server
   * does so before it answers anybody; a hub that is opened for one command does not: it does not
   * know how much room there may be.
   *
   * @throws dev.belfry.model.StoreFault when the folders of files cannot be read
   */
  public void tidy() {
    assets.open();
    isTidy = true;
  }

  /** Tidies up if that has not been done, and connects the accounts. */
  public void start() {
    if (!isTidy) {
      tidy();
    }
    links.startAll();
    reminders.start();
    sweeps.start();
  }

  public Accounts accounts() {
    return accounts;
  }

  public Chats chats() {
    return chats;
  }

  public Messages messages() {
    return messages;
  }

  public Reactions reactions() {
    return reactions;
  }

  public Reminders reminders() {
    return reminders;
  }

  public Typing typing() {
    return typing;
  }

  public NewChats newChats() {
    return newChats;
  }

  public Contacts contacts() {
    return contacts;
  }

  public Search search() {
    return search;
  }

  public Tokens tokens() {
    return tokens;
  }

  public Clients clients() {
    return clients;
  }

  public Codes codes() {
    return codes;
  }

  public Consents consents() {
    return consents;
  }

  public Changes changes() {
    return changes;
  }

  public EventLog events() {
    return events;
  }

  public Assets assets() {
    return assets;
  }

  /** Of requests that are sent again. */
  public Answers answers() {
    return answers;
  }

  /**
   * Writes a copy of everything, keys included, as one file of mode 0600, while the hub is running.
   */
  public void backup(Path file) {
    Backups.write(database, folders, folder, file);
  }

  /** Has everything that waits for a time look at the clock again. */
  void clockMoved() {
    waits.clockMoved();
  }

  /** Ends all work in good order: what was accepted is stored, what was queued stays queued. */
  @Override
  public void close() {
    reminders.close();
    sweeps.close();
    links.close();
    database.close();
  }
}
