package dev.thalweg.operators.experiments.definition;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which events go to pipelines of their own besides the core one.
 *
 * @param routes the name of the route of each variant that has one
 * @param events the event types that are routed; none where there are no routes
 */
public record Routing(Map<String, String> routes, Set<String> events) implements Serializable {

  /** Refuses names that are none, routes without events, and events without routes. */
  public Routing {
    routes.values().forEach(route -> Values.id("routes", route));
    events.forEach(event -> Values.snakeCase("routed_events", event));
    Values.require(
        routes.isEmpty() || !events.isEmpty(), "routes", "say which events: routed_events");
    Values.require(
        events.isEmpty() || !routes.isEmpty(), "routed_events", "say where they go: routes");
    routes = Collections.unmodifiableMap(new TreeMap<>(routes));
    events = Collections.unmodifiableSet(new TreeSet<>(events));
  }

  /** Nothing is routed. */
  public static Routing none() {
    return new Routing(Map.of(), Set.of());
  }
}
