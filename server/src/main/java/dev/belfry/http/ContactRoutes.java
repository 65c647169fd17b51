package dev.belfry.http;

import dev.belfry.api.ContactSearchResponse;
import dev.belfry.core.Contacts;
import dev.belfry.http.json.UserJson;
import dev.belfry.model.PageRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** People that an account knows or finds (contract, Accounts and contacts). */
final class ContactRoutes {
  private static final int DEFAULT_PAGE = 50;

  private final Contacts contacts;

  ContactRoutes(Contacts contacts) {
    this.contacts = contacts;
  }

  List<Route> routes() {
    return List.of(
        Route.reading("GET", "/v1/accounts/{accountID}/contacts", this::search),
        Route.reading("GET", "/v1/accounts/{accountID}/contacts/list", this::list));
  }

  private Answer search(Call call) {
    String query = call.read(in -> in.query().requiredString("query"));
    var found = contacts.search(call.grant(), call.path("accountID"), query);
    return new Answer.Json(new ContactSearchResponse(found.stream().map(UserJson::from).toList()));
  }

  private record Listing(@Nullable String query, PageRequest page) {}

  private Answer list(Call call) {
    var wanted =
        call.read(in ->
            new Listing(in.query().filledString("query"), Paging.from(in.query(), DEFAULT_PAGE)));
    return new Answer.Json(
        Paging.json(
            contacts.list(call.grant(), call.path("accountID"), wanted.query(), wanted.page()),
            UserJson::from));
  }
}
