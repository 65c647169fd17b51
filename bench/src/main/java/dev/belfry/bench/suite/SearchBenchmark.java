package dev.belfry.bench.suite;

import dev.belfry.bench.data.FeedConnector;
import dev.belfry.bench.data.Size;
import dev.belfry.bench.data.Vocabulary;
import dev.belfry.bench.measure.CpuClock;
import dev.belfry.bench.measure.Effort;
import dev.belfry.bench.measure.Loop;
import dev.belfry.bench.measure.Samples;
import dev.belfry.bench.parts.Task;
import dev.belfry.core.Hub;
import dev.belfry.model.ChatType;
import dev.belfry.model.Grant;
import dev.belfry.model.MessageId;
import dev.belfry.model.MessageQuery;
import dev.belfry.store.Database;
import java.io.IOException;
import java.text.Normalizer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Searches in the store, in this process: the newest 20 messages that hold all the words, as they
 * are shown.
 */
final class SearchBenchmark implements Benchmark {
  private static final int PAGE = 20;
  private static final String NEWEST = Long.toString(Long.MAX_VALUE);

  /** In the first half of the story: most of what is found is newer. */
  private static final String LONG_AGO =
      Long.toString(MessageId.firstPlaceOf(Instant.parse("2023-09-01T00:00:00Z").toEpochMilli()));

  @Override
  public String name() {
    return "search";
  }

  @Override
  public String title() {
    return "search: rare, common, two words, filters, CJK, deep page";
  }

  @Override
  public boolean isUsual() {
    return false;
  }

  /**
   * A search.
   *
   * @param before a place
   * @param tokens what the index is to hold, of the words and the filters
   */
  private record Query(String name, String before, MessageQuery wanted, List<String> tokens) {
    static Query of(String name, String before, String... words) {
      var list = List.of(words);
      return new Query(name, before, MessageQuery.of(String.join(" ", words)), list);
    }

    String key() {
      return before
          + tokens.stream()
              .map(token -> '"' + token + '"')
              .collect(Collectors.joining(" AND ", " ", ""));
    }
  }

  private static List<Query> queries(Size size) {
    var words = new Vocabulary(size.words());
    var commonest = folded(words.word(0));
    return List.of(
        Query.of("search-rare", NEWEST, folded(words.word(size.words() * 9 / 10))),
        Query.of("search-common", NEWEST, commonest),
        Query.of("search-two", NEWEST, commonest, folded(words.word(40))),
        new Query(
            "search-filters",
            NEWEST,
            new MessageQuery(
                commonest,
                List.of(),
                List.of(FeedConnector.account(0)),
                ChatType.GROUP,
                Set.of(),
                null,
                null,
                null,
                false,
                true),
            List.of(commonest, "#a1", "#tgroup")),
        Query.of("search-cjk", NEWEST, "一七"),
        Query.of("search-deep", LONG_AGO, commonest));
  }

  private static String folded(String word) {
    return Normalizer.normalize(word, Normalizer.Form.NFKD).replaceAll("\\p{M}", "");
  }

  @Override
  public List<Result> run(List<Stage> stages, Effort effort)
      throws IOException, InterruptedException {
    var results = new ArrayList<Result>();
    for (var stage : stages) {
      stage.parts();
      stage.stopServer();
      var file = stage.folder().resolve(Hub.STORE);
      try (var database = new Database(file, InstantSource.system())) {
        for (var query : queries(stage.size())) {
          results.add(run(stage, database, query, effort));
        }
      }
    }
    return results;
  }

  private static Result run(Stage stage, Database database, Query query, Effort effort)
      throws IOException {
    var file = stage.folder().resolve(Hub.STORE).toString();
    var whole = new Samples();
    var bare = new Samples();
    Loop.Step<RuntimeException> step = _ -> find(database, query);
    // Each search warms the next: they differ in their words alone.
    int warmUpTimes = effort.warmUpTimes() / 4;
    Loop.warmUp(warmUpTimes, step);
    var first = new Task("search", file, new Effort(warmUpTimes, 0, 1), List.of(query.key()));
    stage.parts().run("query", first);
    for (int round = 0; round < effort.rounds(); round++) {
      whole.add(Loop.measure(CpuClock.SELF, effort.roundNanos(), step));
      bare.add(
          stage
              .parts()
              .run("query", new Task("search", file, effort.warm(), List.of(query.key()))));
    }
    return new Result.Timed(
        query.name(),
        "search " + query.tokens(),
        stage.size(),
        whole.figures(),
        OptionalDouble.empty(),
        Map.of("query", bare.figures()));
  }

  private static void find(Database database, Query query) {
    var _ =
        database.read(
            Grant.HUB,
            tx -> {
              long before = Long.parseLong(query.before());
              var ids = tx.messageSearch().find(query.wanted(), null, before, true, PAGE);
              return tx.messageReader().all(ids);
            });
  }
}
