package dev.thalweg.cli.demo;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The known users: who they are follows from their number, how often they come from a power law.
 */
final class Population {

  private static final double EXPONENT = 0.9;
  private static final int PROFILED_OF_TEN = 7;
  private static final int FAULTY_OF_HUNDRED = 75;
  private static final String[] COUNTRIES = {
    "US", "US", "US", "DE", "DE", "GB", "FR", "BR", "IN", "JP"
  };
  private static final String[] PLANS = {"free", "free", "free", "pro", "team"};

  private final long seed;
  private final int users;
  private final double range;
  private final boolean faulty;

  Population(DemoPlan plan) {
    this.seed = plan.seed();
    this.users = plan.users();
    this.faulty = plan.bad() > 0;
    this.range = Math.pow(users + 1.0, 1 - EXPONENT) - 1;
  }

  int users() {
    return users;
  }

  /** Draws a user; low numbers come most often. */
  int draw(SplittableRandom random) {
    double rank = Math.pow(range * random.nextDouble() + 1, 1 / (1 - EXPONENT));
    return Math.min(users - 1, (int) rank - 1);
  }

  String id(int user) {
    return "u" + (100_000 + user);
  }

  boolean hasProfile(int user) {
    return trait(user, 1, 10) < PROFILED_OF_TEN;
  }

  Map<String, String> profile(int user) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("country", country(user));
    attributes.put("plan", plan(user));
    return attributes;
  }

  String country(int user) {
    return COUNTRIES[trait(user, 2, COUNTRIES.length)];
  }

  String plan(int user) {
    return PLANS[trait(user, 3, PLANS.length)];
  }

  /** Whether the user's client would tell of a treatment in a way that no contract allows. */
  boolean hasFaultyClient(int user) {
    return faulty && trait(user, 4, 100) < FAULTY_OF_HUNDRED;
  }

  private int trait(int user, int which, int choices) {
    long mixed = Mixing.mix(Mixing.mix(seed + which) + user);
    return (int) Long.remainderUnsigned(mixed, choices);
  }
}
