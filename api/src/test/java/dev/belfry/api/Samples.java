package dev.belfry.api;

import dev.belfry.api.request.AttachmentParams;
import dev.belfry.api.request.ChatCreateParams;
import dev.belfry.api.request.ChatStartParams;
import dev.belfry.api.request.ChatUpdateParams;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One of each, with every optional part set. */
final class Samples {
  static final Instant TIME = Instant.parse("2026-11-20T08:15:30.120Z");

  static final User USER =
      new User("@a:x", true, "a@example.org", "Alice", "mxc://x/a", true, "+442079460000", "alice");

  static final Attachment ATTACHMENT =
      Attachment.builder()
          .type(Attachment.Type.IMG)
          .id("mxc://x/1")
          .duration(1.5)
          .fileName("a.jpg")
          .fileSize(120931L)
          .isGif(false)
          .isSticker(false)
          .isVoiceNote(false)
          .mimeType("image/jpeg")
          .posterImg("mxc://x/2")
          .size(new Size(800d, 600d))
          .srcURL("file:///a.jpg")
          .transcription(new Attachment.Transcription("engine", "text", "en"))
          .build();

  static final Reaction REACTION = new Reaction("@a:x🌱", "@a:x", "🌱", true, "mxc://x/3");

  static final Message MESSAGE =
      Message.builder()
          .id("m1")
          .accountID("matrix")
          .chatID("!c:x")
          .senderID("@a:x")
          .sortKey("0000000000090180")
          .timestamp(TIME)
          .attachments(List.of(ATTACHMENT))
          .editedTimestamp(TIME.plusSeconds(1))
          .isDeleted(false)
          .isHidden(false)
          .isSender(true)
          .isUnread(false)
          .linkedMessageID("m0")
          .links(
              List.of(
                  new Message.Link(
                      "t", "https://example.org/", "f", "i", new Size(1d, 2d), "o", "s")))
          .mentions(List.of("@room"))
          .reactions(List.of(REACTION))
          .seen(new Seen.ByParticipant(Map.of("@a:x", Seen.of(true), "@b:x", Seen.at(TIME))))
          .senderName("Alice")
          .sendStatus(
              new Message.SendStatus(
                  Message.SendState.FAIL_RETRIABLE, TIME, List.of("@b:x"), "i", "m", "r"))
          .text("<b>hello</b>")
          .type(Message.Type.IMAGE)
          .build();

  static final Capabilities CAPABILITIES =
      Capabilities.builder()
          .allowedReactions(List.of("👍"))
          .archive(true)
          .attachments(
              Map.of(
                  "m.image",
                  new Capabilities.AttachmentRules(
                      Map.of("image/*", Level.PARTIAL), Level.FULL, 1L, 2L, 3L, 4L, 5L, true)))
          .customEmojiReactions(true)
          .delete(Level.FULL)
          .deleteChat(true)
          .deleteChatForEveryone(true)
          .deleteForMe(true)
          .deleteMaxAge(900L)
          .disappearingTimer(
              new Capabilities.DisappearingTimer(
                  true, List.of(86400000L), List.of(Capabilities.TimerType.AFTER_READ)))
          .edit(Level.REJECTED)
          .editMaxAge(900L)
          .editMaxCount(10L)
          .formatting(Map.of("bold", Level.DROPPED))
          .locationMessage(Level.UNSUPPORTED)
          .markAsUnread(true)
          .maxTextLength(65536L)
          .messageRequest(new Capabilities.MessageRequest(Level.FULL, Level.FULL))
          .participantActions(
              new Capabilities.ParticipantActions(
                  Level.FULL, Level.FULL, Level.FULL, Level.FULL, Level.FULL))
          .poll(Level.FULL)
          .reaction(Level.FULL)
          .reactionCount(1L)
          .readReceipts(true)
          .reply(Level.FULL)
          .state(
              new Capabilities.State(
                  new Capabilities.Setting(Level.FULL),
                  new Capabilities.Setting(Level.FULL),
                  new Capabilities.Setting(Level.FULL),
                  new Capabilities.Setting(Level.FULL)))
          .thread(Level.FULL)
          .typingNotifications(true)
          .build();

  static final Chat CHAT =
      plainChat().toBuilder()
          .participants(
              new Participants(List.of(Participant.of(USER, true, false, false)), true, 21))
          .capabilities(CAPABILITIES)
          .description("about")
          .draft(
              new Draft(
                  "<p>x</p>",
                  Map.of(
                      "a1",
                      new Draft.DraftAttachment(
                          "a1",
                          Draft.Kind.RECORDED_AUDIO,
                          2.5,
                          "a.ogg",
                          "/a.ogg",
                          3L,
                          "audio/ogg",
                          new Size(1.5, null),
                          "s"))))
          .imgURL("/picture.png")
          .isArchived(true)
          .isLowPriority(true)
          .isMarkedUnread(true)
          .isMuted(true)
          .isPinned(true)
          .isReadOnly(true)
          .lastActivity(TIME)
          .lastReadMessageSortKey("0000000000090177")
          .localChatID("417")
          .messageExpirySeconds(3600L)
          .reminder(new Reminder(TIME, true))
          .snooze(new Snooze(TIME, TIME))
          .unreadMentionsCount(1)
          .build();

  static final SearchResponse SEARCH =
      new SearchResponse(
          new SearchResponse.Results(
              List.of(CHAT),
              List.of(plainChat()),
              new MessageSearchPage(List.of(MESSAGE), Map.of("!c:x", CHAT), true, "o", null)));

  static final AssetUploadResponse UPLOAD =
      new AssetUploadResponse(1.5, "e", "a.png", 2L, 3d, "image/png", "file:///a", "up", 4d);

  static final Info INFO =
      new Info(
          new Info.App("Belfry", "4.2.808", "dev.belfry.server"),
          new Info.Endpoints(
              "http://h/v0/mcp",
              "http://h/v1/spec",
              "http://h/v1/ws",
              new Info.OAuth("http://h/a", "b", "c", "d", "e", "f")),
          new Info.Platform("linux", "x64", "6.1"),
          new Info.Server("http://h", "127.0.0.1", 23373, false, true, "ready"),
          null);

  static final AppState APP_STATE =
      new AppState(
          AppState.State.READY,
          new AppState.Encryption(
              true,
              true,
              true,
              true,
              true,
              new AppState.Secrets(true, false, true, false, true),
              true,
              true,
              1.7e12),
          new AppState.Session("D", "https://x", "@a:x"),
          new Verification(
              "v",
              List.of("accept"),
              "incoming",
              List.of("sas"),
              "login",
              Verification.State.SAS_READY,
              new Verification.Fault("c", "r"),
              new Verification.Device("D2", "phone"),
              "@b:x",
              new Verification.Qr("q"),
              new Verification.Sas("🐶", "1 2 3")));

  static final AttachmentParams FILE =
      new AttachmentParams(
          "up",
          null,
          1.5,
          "a.ogg",
          "audio/ogg",
          new AttachmentParams.Extent(1d, 2d),
          AttachmentParams.Kind.VOICE_NOTE);

  static final ChatCreateParams CHAT_CREATE =
      new ChatCreateParams("matrix", List.of("@b:x"), Chat.Type.SINGLE, "hello", "title");

  static final ChatStartParams CHAT_START =
      new ChatStartParams(
          "matrix",
          new ChatStartParams.Person("@b:x", "b@example.org", "Bob", "+44", "bob"),
          false,
          "hello");

  static final ChatUpdateParams CHAT_UPDATE =
      ChatUpdateParams.builder()
          .description("about")
          .draft(new ChatUpdateParams.DraftParams("text", Map.of("a", FILE)))
          .imgURL(null)
          .isArchived(true)
          .isLowPriority(false)
          .isMuted(true)
          .isPinned(false)
          .messageExpirySeconds(60L)
          .title("new")
          .build();

  private Samples() {}

  static Account.Builder account() {
    return Account.builder()
        .accountID("matrix")
        .bridge(new Account.Bridge("matrix", Account.Provider.SELF_HOSTED, "matrix"))
        .user(USER)
        .network("Matrix");
  }

  static Account accountWithStatus() {
    return account()
        .status(Account.Status.RECONNECT_REQUIRED)
        .statusText("Sign in again")
        .loginID("l1")
        .capabilities(Map.of("deep", List.of(1L, 2.5, "x", Map.of("y", true))))
        .build();
  }

  static Chat plainChat() {
    return Chat.builder()
        .id("!c:x")
        .accountID("matrix")
        .network("Matrix")
        .participants(new Participants(List.of(), false, 0))
        .title("Tea")
        .type(Chat.Type.GROUP)
        .unreadCount(2)
        .build();
  }

  static Message plainMessage() {
    return Message.builder()
        .id("m1")
        .accountID("matrix")
        .chatID("!c:x")
        .senderID("@a:x")
        .sortKey("0000000000090180")
        .timestamp(TIME)
        .build();
  }

  /** A map of keys and values in turn, in that order. */
  static Map<String, @Nullable Object> inOrder(@Nullable Object... keysAndValues) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
    }
    return map;
  }
}
