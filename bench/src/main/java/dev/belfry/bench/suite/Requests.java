package dev.belfry.bench.suite;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belfry.api.ChatListItem;
import dev.belfry.api.Message;
import dev.belfry.api.Page;
import dev.belfry.api.codec.Codec;
import dev.belfry.bench.measure.HttpLine;
import dev.belfry.bench.suite.Exchange.Turn;
import dev.belfry.model.MessageId;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The requests that are measured, made of what a server holds. */
final class Requests {
  private static final int PAGES = 16;
  private static final int CHATS = 48;

  /** One that the index holds as it stands: of ASCII, in small letters. */
  private static final Pattern WORD =
      Pattern.compile("(?<![\\p{L}\\p{N}\\p{M}])[a-z]{3,}(?![\\p{L}\\p{N}\\p{M}])");

  private static final String BEGINNING = Long.toString(Long.MAX_VALUE);

  private Requests() {}

  /** The list of chats, page after page. */
  static List<Exchange> chats(HttpLine line) throws IOException {
    var turns = new ArrayList<Turn>();
    var target = "/v1/chats";
    var key = BEGINNING;
    for (int i = 0; i < PAGES; i++) {
      turns.add(Turn.get(target, key));
      var page = page(line, target);
      var cursor = page.oldestCursor();
      if (!page.hasMore() || cursor == null || page.items().size() < 25) {
        break;
      }
      target = "/v1/chats?direction=before&cursor=" + encoded(cursor);
      // The cursor begins with the place that the next page lies before, in hexadecimal.
      key = Long.toString(Long.parseLong(cursor.substring(0, cursor.indexOf('-')), 16));
    }
    return List.of(new Exchange("chats", "list of 25 chats", "chats", "chats", turns));
  }

  private static Page<ChatListItem> page(HttpLine line, String target) throws IOException {
    return Codec.readPage(ChatListItem.class, get(line, target));
  }

  private static byte[] get(HttpLine line, String target) throws IOException {
    return line.get(ServerProcess.request("GET", target, null));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static List<ChatListItem> someChats(HttpLine line) throws IOException {
    return page(line, "/v1/chats?limit=" + CHATS).items().stream()
        .filter(item -> item.preview() != null) // in a small inbox some have no message
        .toList();
  }

  private static String path(ChatListItem item) {
    return "/v1/chats/" + encoded(item.chat().id());
  }

  static List<Exchange> chat(HttpLine line) throws IOException {
    var turns = new ArrayList<Turn>();
    for (var item : someChats(line)) {
      turns.add(Turn.get(path(item), item.chat().id()));
    }
    return List.of(new Exchange("chat", "one chat", "chat", "chat", turns));
  }

  /** A page of messages: of each chat the newest, then one from its middle. */
  static List<Exchange> messages(HttpLine line, int limit, String name) throws IOException {
    var turns = new ArrayList<Turn>();
    for (var item : someChats(line)) {
      var target = path(item) + "/messages?limit=" + limit;
      var chat = item.chat().id();
      turns.add(Turn.get(target, chat + " " + BEGINNING));
      var middle = Long.toString(middle(line, item));
      turns.add(Turn.get(target + "&direction=before&cursor=" + middle, chat + " " + middle));
    }
    return List.of(
        new Exchange(name, "page of %d messages".formatted(limit), "messages", name, turns));
  }

  /** A place half way between a chat's first and last message. */
  private static long middle(HttpLine line, ChatListItem item) throws IOException {
    var newest = messages(line, path(item) + "/messages?limit=1");
    var oldest = messages(line, path(item) + "/messages?limit=1&direction=after&cursor=0");
    return (place(newest) + place(oldest)) / 2;
  }

  private static List<Message> messages(HttpLine line, String target) throws IOException {
    return Codec.readPage(Message.class, get(line, target)).items();
  }

  private static long place(List<Message> messages) {
    return Long.parseLong(messages.getFirst().sortKey());
  }

  /** Searches for words of the newest messages, from the commonest to rare ones. */
  static List<Exchange> hits(HttpLine line) throws IOException {
    var words = new TreeSet<String>();
    for (var item : someChats(line)) {
      for (var message : messages(line, path(item) + "/messages?limit=5")) {
        var text = message.text();
        if (text != null) {
          WORD.matcher(text).results().map(MatchResult::group).limit(1).forEach(words::add);
        }
      }
    }
    var turns = new ArrayList<Turn>();
    for (var word : words) {
      var key = MessageId.PENDING + " \"" + word + '"';
      turns.add(Turn.get("/v1/messages/search?limit=20&query=" + word, key));
    }
    return List.of(new Exchange("hits", "20 found messages, with chats", "hits", "hits", turns));
  }

  /** A chat becomes unread from its tenth message on, then read again; then the next chat. */
  static List<Exchange> marks(HttpLine line) throws IOException {
    var unread = new ArrayList<Turn>();
    var read = new ArrayList<Turn>();
    for (var item : someChats(line)) {
      // Not one that waits for its network: it has no id to be marked by.
      var confirmed = "/messages?limit=10&direction=before&cursor=" + MessageId.PENDING;
      var message = messages(line, path(item) + confirmed).getLast();
      var key = item.chat().id() + " " + message.sortKey();
      var body = Codec.toText(Map.of("messageID", message.id()));
      unread.add(new Turn("POST", path(item) + "/unread", body, key));
      read.add(new Turn("POST", path(item) + "/read", "{}", key));
    }
    return List.of(
        new Exchange("unread", "mark unread from a message on", "chat", "unread", unread),
        new Exchange("read", "mark read", "chat", "read", read));
  }

  static List<Exchange> send(HttpLine line) throws IOException {
    var turns = new ArrayList<Turn>();
    var body = Codec.toText(Map.of("text", "A message of middling length, as people send them"));
    for (var item : someChats(line)) {
      turns.add(new Turn("POST", path(item) + "/messages", body, item.chat().id()));
    }
    return List.of(new Exchange("send", "send a message", "sent", "send", turns));
  }
}
