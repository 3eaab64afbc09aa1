package dev.thalweg.jobs.experiments;

import dev.thalweg.operators.testkit.TestEvents;

/**
 * What a user did, as tests make events of it and count it by hand.
 *
 * @param time epoch milliseconds
 * @param experiment of an exposure; else empty
 * @param variant of an exposure; else empty
 * @param surface of an exposure; else empty
 * @param amount of an order; else 0
 */
record UserEvent(
    String user,
    long time,
    Kind kind,
    String experiment,
    String variant,
    String surface,
    long amount) {

  /** What there is. */
  enum Kind {
    EXPOSURE,
    GOAL,
    ORDER
  }

  static UserEvent exposure(
      String user, long time, String experiment, String variant, String surface) {
    return new UserEvent(user, time, Kind.EXPOSURE, experiment, variant, surface, 0);
  }

  static UserEvent goal(String user, long time) {
    return new UserEvent(user, time, Kind.GOAL, "", "", "", 0);
  }

  static UserEvent order(String user, long time, long amount) {
    return new UserEvent(user, time, Kind.ORDER, "", "", "", amount);
  }

  /** As ingest takes it. */
  TestEvents event(String id) {
    TestEvents event =
        switch (kind) {
          case EXPOSURE ->
              TestEvents.event("experiment_exposed")
                  .with("experiment", experiment)
                  .with("variant", variant)
                  .with("surface", surface);
          case GOAL -> TestEvents.event("goal_reached").with("goal", "buy");
          case ORDER -> TestEvents.event("order_placed").with("amount_cents", amount);
        };
    return event.id(id).user(user).at(time);
  }
}
