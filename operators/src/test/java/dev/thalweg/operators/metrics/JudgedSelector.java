package dev.thalweg.operators.metrics;

import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A selection of events in the words of a definition and in those of SQL.
 *
 * @param sql the same condition over the table of events, where an absent field is null
 */
record JudgedSelector(String name, EventSelector events, String sql) {
  static final List<JudgedSelector> ALL =
      List.of(
          of("all", "", "true"),
          of("orders", "", "event_type = 'order_placed'", "order_placed"),
          of("views", "", "event_type = 'product_viewed'", "product_viewed"),
          of("carts", "", "event_type = 'cart_added'", "cart_added"),
          of("goals", "value > 0.0", "event_type = 'goal_reached' and value > 0", "goal_reached"),
          of("several", "quantity >= 2", "quantity >= 2"),
          of("of_others", "user_id != 'u1'", "user_id <> 'u1'"),
          of("from_web", "source == 'web'", "source = 'web'"),
          of(
              "bought",
              "quantity < 3",
              "event_type in ('cart_added', 'order_placed') and quantity < 3",
              "cart_added",
              "order_placed"),
          of(
              "dear_or_shoes",
              "price_cents > 500 || category == 'shoes'",
              "price_cents is not null and category is not null"
                  + " and (price_cents > 500 or category = 'shoes')"));

  private static JudgedSelector of(String name, String cel, String sql, String... types) {
    return new JudgedSelector(name, new EventSelector(Set.of(types), cel), sql);
  }

  static JudgedSelector any(Random random) {
    return ALL.get(random.nextInt(ALL.size()));
  }

  /** The name of one of these. */
  static String nameOf(EventSelector events) {
    return ALL.stream()
        .filter(selector -> selector.events.equals(events))
        .findFirst()
        .orElseThrow()
        .name();
  }
}
