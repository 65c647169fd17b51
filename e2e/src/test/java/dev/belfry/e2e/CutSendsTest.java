package dev.belfry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.belfry.homeserver.Patience;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The official SDK on a bad line: it repeats by itself, without a key, and nothing comes twice. */
@Tag("e2e")
@ExtendWith(LogsOnFailure.class)
class CutSendsTest {
  private static final String CHAT = "!lisbon:sandbox.local";
  private static final int SENDS = 20;

  @Test
  void everySendMakesOneMessage() throws Exception {
    try (var belfry = BelfryServer.in("cut-sends", "--sandbox").start();
        var proxy = new CuttingProxy(belfry.url());
        var sdk = OfficialSdk.connect(proxy.url(), belfry.token())) {
      Patience.seconds(60)
          .untilTrue(
              "the chat is here",
              () ->
                  sdk.all("chats.list").stream()
                      .anyMatch(chat -> chat.at("id").text().equals(CHAT)));
      for (int i = 0; i < SENDS; i++) {
        String text = "cut off " + i + ".";
        proxy.cutNext();
        sdk.call("messages.send", CHAT, Map.of("text", text));
        long count =
            sdk.call("messages.list", CHAT).at("items").list().stream()
                .filter(message -> text.equals(message.at("text").maybeText().orElse("")))
                .count();
        assertEquals(1, count, text);
      }
      assertEquals(SENDS, proxy.cuts());
    }
  }
}
