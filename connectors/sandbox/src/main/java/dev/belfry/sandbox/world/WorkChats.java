package dev.belfry.sandbox.world;

import static dev.belfry.sandbox.world.Plan.direct;
import static dev.belfry.sandbox.world.Plan.group;

import dev.belfry.sandbox.world.Plan.Answering;
import java.time.Duration;
import java.util.List;

/** The chats of every account but the first: a working life. */
final class WorkChats {
  private WorkChats() {}

  static List<Plan.Builder> plans() {
    return List.of(
        group("platform", "#platform", "ingrid", "soren", "kwame", "ravi", "grace", "minjun")
            .bridged("Slack")
            .about("tech", "work")
            .messages(900)
            .quiet(Duration.ofMinutes(8))
            .unread(9, 1)
            .pinned()
            .description("Runs what runs. On call this week: @kwame"),
        group("incidents", "#incidents 🔥", "kwame", "ravi", "soren", "buildbot")
            .bridged("Slack")
            .about("tech")
            .messages(160)
            .quiet(Duration.ofMinutes(52))
            .unread(12, 3),
        group(
                "general",
                "#general",
                "ingrid",
                "grace",
                "amelie",
                "tomasz",
                "ravi",
                "lin",
                "seoyeon")
            .bridged("Slack")
            .strangers(60)
            .about("announce", "work", "food")
            .messages(150)
            .quiet(Duration.ofHours(3))
            .unread(31, 1)
            .lowPriority()
            .muted(),
        group("lunch", "#lunch 🍜", "grace", "lin", "seoyeon", "tomasz", "arjun")
            .bridged("Slack")
            .about("food")
            .messages(130)
            .quiet(Duration.ofHours(22))
            .muted(),
        group("design", "Design review", "amelie", "grace", "chiara")
            .bridged("Slack")
            .about("work", "film")
            .messages(85)
            .quiet(Duration.ofHours(27))
            .avatar()
            .description("Thursdays, bring something unfinished."),
        group("customers", "Customers · 日本", "yuki", "haruka", "ingrid")
            .bridged("LINE")
            .in("ja", "en")
            .about("work", "plans")
            .messages(70)
            .quiet(Duration.ofDays(2))
            .unread(2, 0),
        group("hiring", "Hiring 2025", "ingrid", "grace")
            .bridged("Slack")
            .about("work")
            .messages(45)
            .quiet(Duration.ofDays(160))
            .archived(),
        HomeChats.notices(),
        direct("ingrid")
            .slug("work-ingrid")
            .bridged("Slack")
            .about("work", "plans")
            .messages(95)
            .quiet(Duration.ofHours(1))
            .unread(1, 0)
            .reminder(Duration.ofHours(4)),
        direct("kwame").slug("work-kwame").bridged("Slack").about("tech", "sport").messages(80),
        direct("dmitri")
            .slug("work-dmitri")
            .bridged("Telegram")
            .messages(36)
            .quiet(Duration.ofDays(3)),
        direct("lin").slug("work-lin").bridged("WeChat").messages(40).quiet(Duration.ofDays(4)),
        direct("seoyeon").slug("work-seoyeon").bridged("KakaoTalk").messages(32).markedUnread(),
        direct("amelie")
            .slug("work-amelie")
            .bridged("Slack")
            .messages(47)
            .quiet(Duration.ofDays(5))
            .draft("Le fichier est presque prêt,"),
        direct("mira").slug("work-mira").bridged("LinkedIn").in("en").about("work").messages(15),
        direct("buildbot")
            .slug("work-buildbot")
            .about("tech")
            .messages(60)
            .quiet(Duration.ofMinutes(35))
            .unread(7, 0)
            .muted()
            .answering(Answering.SILENT));
  }
}
