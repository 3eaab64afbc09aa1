package dev.thalweg.jobs.experiments;

import dev.thalweg.operators.experiments.definition.DefinitionJson;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.flags.FlagContext;
import dev.thalweg.operators.experiments.flags.FlagDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Users of an application that asks the flags of two experiments: the treatment of {@code checkout}
 * keeps most from buying, and of {@code landing} many exposures to the new page are refused.
 */
final class FlaggedUsers {
  private static final long MINUTE = 60_000;
  private static final int EACH_MINUTE = 60;

  private final List<UserEvent> events = new ArrayList<>();
  private final List<UserEvent> refused = new ArrayList<>();
  private final Random random;
  private final String prefix;

  /**
   * Users.
   *
   * @param prefix of their names
   */
  FlaggedUsers(String prefix, long seed) {
    this.prefix = prefix;
    random = new Random(seed);
  }

  /** Those of so many minutes from that time on, under those versions. */
  FlaggedUsers come(
      long from, int minutes, ExperimentDefinition checkout, ExperimentDefinition landing) {
    for (int i = 0; i < minutes * EACH_MINUTE; i++) {
      long time = from + i / EACH_MINUTE * MINUTE + random.nextInt(40_000);
      shop(prefix + i, time, variant(checkout, prefix + i), random);
      land(prefix + "l" + i, time, landing);
      land(prefix + "m" + i, time, landing);
    }
    return this;
  }

  /** A user who was there before comes again. */
  void comeAgain(String user, long time, ExperimentDefinition checkout) {
    events.add(UserEvent.exposure(user, time, "checkout", variant(checkout, user), "web"));
    events.add(UserEvent.goal(user, time + 1));
    events.add(UserEvent.order(user, time + 2, 7));
  }

  /** The variant that the application finds in the flag document. */
  static String variant(ExperimentDefinition definition, String user) {
    return FlagDocument.parse(DefinitionJson.flagd(definition))
        .evaluate(definition.experiment(), new FlagContext(null, Map.of("user_id", user), 0))
        .variant();
  }

  private void shop(String user, long time, String variant, Random random) {
    int fate = random.nextInt(40);
    if (fate == 0) {
      events.add(UserEvent.goal(user, time - 5));
      events.add(UserEvent.order(user, time - 4, 99));
    }
    if (fate == 1) {
      events.add(UserEvent.goal(user, time));
      return;
    }
    String surface = fate == 2 ? "bot" : "web";
    events.add(UserEvent.exposure(user, time, "checkout", variant, surface));
    if (fate == 3) {
      String other = variant.equals("control") ? "treatment" : "control";
      events.add(UserEvent.exposure(user, time + 1000, "checkout", other, "web"));
      return;
    }
    boolean buys = random.nextInt(100) < (variant.equals("control") ? 60 : 5);
    if (buys) {
      events.add(UserEvent.goal(user, time + random.nextInt(15_000)));
      events.add(UserEvent.order(user, time + random.nextInt(15_000), 1 + random.nextInt(5000)));
    }
  }

  private void land(String user, long time, ExperimentDefinition landing) {
    String variant = variant(landing, user);
    boolean isRefused = variant.equals("new") && random.nextInt(3) > 0;
    UserEvent exposure = UserEvent.exposure(user, time, "landing", variant, "web");
    (isRefused ? refused : events).add(exposure);
  }

  List<UserEvent> events() {
    return events;
  }

  /** Exposures that never became events. */
  List<UserEvent> refused() {
    return refused;
  }
}
