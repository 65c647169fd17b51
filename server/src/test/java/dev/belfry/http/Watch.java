package dev.belfry.http;

import dev.belfry.http.Described.Operation;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Notes the places of requests that endpoints look at, there or not. */
final class Watch {
  private final Map<String, Set<List<Object>>> lookedAt = new ConcurrentHashMap<>();

  List<Route> over(List<Route> routes) {
    return routes.stream().map(this::over).toList();
  }

  private Route over(Route route) {
    var places =
        lookedAt.computeIfAbsent(
            route.method() + " " + route.path(), _ -> ConcurrentHashMap.newKeySet());
    return new Route(
        route.method(),
        route.path(),
        route.scope(),
        call -> route.handler().handle(call.watchedBy(places::add)));
  }

  Set<List<Object>> of(Operation operation) {
    return new HashSet<>(lookedAt.getOrDefault(operation.toString(), Set.of()));
  }
}
