package dev.belfry.bench.suite;

import dev.belfry.bench.data.FeedConnector;
import dev.belfry.bench.measure.CpuClock;
import dev.belfry.bench.measure.Effort;
import dev.belfry.bench.measure.Loop;
import dev.belfry.bench.measure.Samples;
import dev.belfry.bench.parts.Task;
import dev.belfry.core.Hub;
import dev.belfry.model.Chat;
import dev.belfry.model.ChatListItem;
import dev.belfry.model.Grant;
import dev.belfry.model.MessageContent;
import dev.belfry.model.PageRequest;
import dev.belfry.model.Participant;
import dev.belfry.model.UserId;
import dev.belfry.network.Events;
import dev.belfry.network.NetworkEvent;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * One message of somebody else comes in: from the network's word to the commit, with its row, its
 * words in the search index, the counters of its chat and two changes in the log. Every commit
 * waits for the disk. The hub runs in this process, with nothing else to do.
 */
final class IngestBenchmark implements StageBenchmark {
  private static final int CHATS = 48;
  private static final String BODY = "don ban nachin traifon a message of middling length stuben";

  @Override
  public String name() {
    return "ingest";
  }

  @Override
  public String title() {
    return "one message comes in";
  }

  @Override
  public Result run(Stage stage, Effort effort) throws IOException, InterruptedException {
    stage.parts();
    stage.stopServer();
    var network = new FeedConnector(Map.of());
    var whole = new Samples();
    var query = new Samples();
    try (var hub =
        Hub.open(stage.folder(), List.of(network), InstantSource.system(), Hub.Options.NONE)) {
      hub.start();
      var account = FeedConnector.account(0);
      var feed = new Feed(network.events(account), chats(hub));
      Loop.warmUp(effort.warmUpTimes(), feed::tell);
      stage.parts().run("query", task(stage, feed, new Effort(effort.warmUpTimes(), 0, 1)));
      for (int round = 0; round < effort.rounds(); round++) {
        whole.add(Loop.measure(CpuClock.SELF, effort.roundNanos(), feed::tell));
        query.add(stage.parts().run("query", task(stage, feed, effort.warm())));
      }
    }
    var figures = whole.figures();
    return new Result.Timed(
        name(),
        title(),
        stage.size(),
        figures,
        OptionalDouble.of(1e9 / figures.mean()),
        Map.of("query", query.figures()));
  }

  private static Task task(Stage stage, Feed feed, Effort effort) {
    return new Task(
        "ingest",
        stage.folder().resolve(Hub.STORE).toString(),
        effort,
        feed.chats.stream().map(Chat::canonicalId).toList());
  }

  private static List<Chat> chats(Hub hub) {
    return hub
        .chats()
        .list(Grant.HUB, List.of(FeedConnector.account(0)), PageRequest.newest(CHATS))
        .items()
        .stream()
        .map(ChatListItem::chat)
        .toList();
  }

  private static final class Feed {
    private final Events events;
    private final List<Chat> chats;
    private long number = System.nanoTime();

    Feed(Events events, List<Chat> chats) {
      this.events = events;
      this.chats = chats;
    }

    void tell(int turn) {
      var chat = chats.get(turn % chats.size());
      events.accept(
          List.of(
              new NetworkEvent.MessageReceived(
                  chat.networkKey(),
                  "$ingest" + number++,
                  sender(chat),
                  false,
                  MessageContent.text(BODY),
                  InstantSource.system().instant(),
                  null)));
    }

    private static UserId sender(Chat chat) {
      return chat.participants().items().stream()
          .map(Participant::user)
          .filter(user -> !user.isSelf())
          .findFirst()
          .orElseThrow()
          .id();
    }
  }
}
