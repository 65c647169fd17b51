package dev.belfry.http;

import dev.belfry.core.Hub;
import dev.belfry.http.events.Feed;
import dev.belfry.http.oauth.OAuthRoutes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All endpoints, feature by feature. */
final class ApiRoutes {
  private ApiRoutes() {}

  static List<Route> of(Hub hub, Feed feed, ServerIdentity identity, boolean remoteAccess) {
    var paths = new LocalPaths(hub.assets(), remoteAccess);
    var routes = new ArrayList<Route>();
    Stream.of(
            new InfoRoutes(identity, remoteAccess, hub.events().keep()).routes(),
            new SetupRoutes(hub.accounts()).routes(),
            new AccountRoutes(hub.accounts()).routes(),
            new ContactRoutes(hub.contacts()).routes(),
            new ChatRoutes(hub.chats(), hub.typing(), paths).routes(),
            new NewChatRoutes(hub.newChats()).routes(),
            new ReminderRoutes(hub.reminders()).routes(),
            new MessageRoutes(hub.messages()).routes(),
            new ReactionRoutes(hub.reactions()).routes(),
            new SearchRoutes(hub.search()).routes(),
            new EventRoutes(feed).routes(),
            new AssetRoutes(hub.assets()).routes(),
            OAuthRoutes.of(hub),
            new McpRoutes().routes(),
            new FocusRoutes(hub.chats(), hub.messages(), paths).routes(),
            new SpecRoutes(() -> routes).routes())
        .forEach(routes::addAll);
    return List.copyOf(routes);
  }
}
