package dev.belfry.store;

import dev.belfry.model.Grant;
import dev.belfry.model.StoreFault;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A transaction: the tables as it sees them. Belongs to the thread that runs it and is of no use
 * afterwards.
 */
public final class Tx {
  private final Sql sql;
  private final Grant grant;
  private final InstantSource clock;
  private final SharedRows shared;
  private final SearchIndex search;
  private final KnownRows known = new KnownRows();
  private final @Nullable Attempt attempt;
  private final Map<String, String> done = new HashMap<>();
  private long newestChange;
  private final List<Runnable> afterwards = new ArrayList<>();
  private final List<String> left = new ArrayList<>();

  Tx(Sql sql, Grant grant, InstantSource clock, SharedRows shared, @Nullable Attempt attempt) {
    this.sql = sql;
    this.grant = grant;
    this.clock = clock;
    this.shared = shared;
    this.attempt = attempt;
    this.search = new SearchIndex(sql);
  }

  /** On whose behalf this reads. */
  public Grant grant() {
    return grant;
  }

  /** To the millisecond, which is all that is kept. */
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * Runs on the writing thread once this is committed, and not at all if it is not; must be brief
   * and not throw.
   */
  public void afterCommit(Runnable action) {
    afterwards.add(action);
  }

  /**
   * Does something that a request sent again must not do again: what a repeat of the request of
   * this transaction did is not done, and its result given. Just does it where the request bears no
   * key.
   *
   * @param step names it among all that one request does
   */
  public String once(String step, Supplier<String> work) {
    var of = attempt;
    if (of == null) {
      return work.get();
    }
    var before = of.done(step);
    if (before.isPresent()) {
      return before.get();
    }
    var result = work.get();
    done.put(step, result);
    return result;
  }

  /** As {@link #once(String, Supplier)}, for what has no result. */
  public void doOnce(String step, Runnable work) {
    var _ =
        once(
            step,
            () -> {
              work.run();
              return "";
            });
  }

  void appended(long seq) {
    newestChange = seq;
  }

  void left(String pendingId) {
    left.add(pendingId);
  }

  /** The pending ids of what this took out of the outbox. */
  List<String> left() {
    return left;
  }

  /** The number of the newest change that this has appended; 0 for none. */
  long newestChange() {
    return newestChange;
  }

  List<Runnable> afterwards() {
    return afterwards;
  }

  /**
   * Runs {@code part}, undoing what it did and nothing else if it throws.
   *
   * @throws RuntimeException what {@code part} threw
   */
  public <T> T attempt(Supplier<T> part) {
    sql.step("SAVEPOINT part");
    int before = afterwards.size();
    int searchBefore = search.mark();
    try {
      var result = part.get();
      sql.step("RELEASE part");
      return result;
    } catch (RuntimeException e) {
      undo(e);
      afterwards.subList(before, afterwards.size()).clear();
      search.forgetFrom(searchBefore);
      known.clear();
      shared.forget();
      throw e;
    }
  }

  private void undo(RuntimeException cause) {
    try {
      sql.step("ROLLBACK TO part");
      sql.step("RELEASE part");
    } catch (StoreFault e) {
      // A store that failed has undone everything by itself; what counts is why.
      cause.addSuppressed(e);
    }
  }

  /** For looking at a store and its faults from within. */
  Sql sql() {
    return sql;
  }

  public AccountTable accounts() {
    return new AccountTable(sql, grant);
  }

  public PersonTable people() {
    return new PersonTable(sql, known, grant);
  }

  public ChatTable chats() {
    return new ChatTable(sql, grant, new CapabilityTable(sql, shared), this);
  }

  public MemberTable members() {
    return new MemberTable(sql);
  }

  public MessageTable messages() {
    return new MessageTable(sql);
  }

  public OriginalTable originals() {
    return new OriginalTable(sql);
  }

  public ReactionTable reactions() {
    return new ReactionTable(sql);
  }

  public MessageReader messageReader() {
    return new MessageReader(sql, grant, shared);
  }

  public Places places() {
    return new Places(sql);
  }

  public ReceiptTable receipts() {
    return new ReceiptTable(sql);
  }

  public DeliveryTable deliveries() {
    return new DeliveryTable(sql);
  }

  public GapTable gaps() {
    return new GapTable(sql);
  }

  public OutboxTable outbox() {
    return new OutboxTable(sql, this);
  }

  public ChangeTable changes() {
    return new ChangeTable(sql, this);
  }

  public TransactionTable transactions() {
    return new TransactionTable(sql);
  }

  public UploadTable uploads() {
    return new UploadTable(sql, grant);
  }

  public AnswerTable answers() {
    return new AnswerTable(sql);
  }

  public AssetTable assets() {
    return new AssetTable(sql, grant);
  }

  public TokenTable tokens() {
    return new TokenTable(sql);
  }

  public ClientTable clients() {
    return new ClientTable(sql);
  }

  public ConsentTable consents() {
    return new ConsentTable(sql);
  }

  public QuarantineTable quarantine() {
    return new QuarantineTable(sql, this);
  }

  public MessageSearch messageSearch() {
    return new MessageSearch(sql, grant);
  }

  public SearchIndex search() {
    return search;
  }

  /** The work is done: writes what was put off. */
  void finish() {
    search.flush();
    if (attempt != null && !done.isEmpty()) {
      answers().noteDone(attempt.key(), attempt.hash(), done, now());
    }
  }

  KnownRows known() {
    return known;
  }
}
