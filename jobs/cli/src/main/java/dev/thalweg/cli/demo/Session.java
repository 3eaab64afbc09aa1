package dev.thalweg.cli.demo;

import dev.thalweg.schemas.Failure;
import java.time.Duration;
import java.util.SplittableRandom;

/** One visit: which event comes next, and when. */
final class Session implements Comparable<Session> {

  /** Where in the visit the visitor is; decides what may come next. */
  private enum Stage {
    ARRIVED,
    EXPOSED,
    BROWSING,
    VIEWING,
    BUYING,
    BOUGHT,
    OVER
  }

  private static final double MEAN_PAUSE_MILLIS = Duration.ofSeconds(25).toMillis();
  private static final long LONGEST_PAUSE = Duration.ofMinutes(20).toMillis();
  private static final long SHORT_PAUSE = 400;

  private static final double LEAVES = 0.12;
  private static final double BUYS_VIEWED = 0.2;
  private static final double SIGNS_UP = 0.06;
  private static final double LOOKS_AT_PRODUCT = 0.6;
  private static final int NO_SURFACE = 404;

  private final long number;
  private final String id;
  private final Platform platform;
  private final long latest;
  private Visitor visitor;
  private Stage stage = Stage.ARRIVED;
  private long time;
  private int product;
  private int quantity;
  private int exposed;
  private int events;

  /** A session that begins at {@code start} and has no events after {@code latest}. */
  Session(long number, String id, Platform platform, Visitor visitor, long start, long latest) {
    this.number = number;
    this.id = id;
    this.platform = platform;
    this.visitor = visitor;
    this.latest = latest;
    this.time = Math.min(latest, start);
  }

  long time() {
    return time;
  }

  boolean over() {
    return stage == Stage.OVER;
  }

  int events() {
    return events;
  }

  Visitor visitor() {
    return visitor;
  }

  Platform platform() {
    return platform;
  }

  /**
   * Writes the event that happens now and moves on to the next.
   *
   * @return why the event must be refused; null for a good one
   */
  Failure next(Draft draft, Ids ids, SplittableRandom random) {
    String eventId = ids.next();
    Failure failure = null;
    switch (stage) {
      case ARRIVED -> arrive(draft, eventId, random);
      case EXPOSED -> failure = expose(draft, eventId, random);
      case BUYING -> order(draft, eventId, random);
      case BOUGHT -> reachGoal(draft, eventId, random);
      default -> browse(draft, eventId, ids, random);
    }
    draft.set("source", platform.source()).set("user_id", visitor.userId());
    draft.set("anonymous_id", visitor.anonymousId());
    if (platform.mobile()) {
      draft.set("producer_version", "sdk-3.1");
    }
    events++;
    return failure;
  }

  private void arrive(Draft draft, String eventId, SplittableRandom random) {
    if (platform.mobile()) {
      draft.begin("app_opened", eventId, time);
      draft.set("platform", platform.source()).set("app_version", "5." + number % 9);
      draft.set("ip_address", "203.0.113." + random.nextInt(256));
    } else {
      viewPage(draft, eventId, random);
      if (random.nextInt(3) == 0) {
        draft.set("referrer", Catalogue.referrer(random));
      }
    }
    moveOn(visitor.exposures().isEmpty() ? Stage.BROWSING : Stage.EXPOSED, true, random);
  }

  private Failure expose(Draft draft, String eventId, SplittableRandom random) {
    PlantedExposure exposure = visitor.exposures().get(exposed++);
    draft.begin("experiment_exposed", eventId, time);
    draft.set("experiment", exposure.experiment()).set("variant", exposure.variant());
    draft.set("surface", exposure.refused() ? NO_SURFACE : platform.source());
    boolean isLast = exposed == visitor.exposures().size();
    moveOn(isLast ? Stage.BROWSING : Stage.EXPOSED, !isLast, random);
    return exposure.refused() ? Failure.SCHEMA_VIOLATION : null;
  }

  private void browse(Draft draft, String eventId, Ids ids, SplittableRandom random) {
    if (stage == Stage.VIEWING && random.nextDouble() < BUYS_VIEWED) {
      addToCart(draft, eventId, random);
      return;
    }
    if (visitor.userId() == null && random.nextDouble() < SIGNS_UP) {
      signUp(draft, eventId, ids, random);
      return;
    }
    if (random.nextDouble() < LOOKS_AT_PRODUCT) {
      viewProduct(draft, eventId, random);
      leaveOr(Stage.VIEWING, random);
    } else {
      viewPage(draft, eventId, random);
      leaveOr(Stage.BROWSING, random);
    }
  }

  private void viewPage(Draft draft, String eventId, SplittableRandom random) {
    draft.begin("page_viewed", eventId, time);
    draft.set("page", Catalogue.page(random)).set("session_id", id);
  }

  private void viewProduct(Draft draft, String eventId, SplittableRandom random) {
    product = Catalogue.product(random);
    draft.begin("product_viewed", eventId, time);
    draft.set("product_id", Catalogue.id(product)).set("category", Catalogue.category(product));
    draft.set("brand", Catalogue.brand(product)).set("session_id", id);
    draft.set("price_cents", Catalogue.priceCents(product));
  }

  private void addToCart(Draft draft, String eventId, SplittableRandom random) {
    quantity = 1 + random.nextInt(3) * random.nextInt(2);
    draft.begin("cart_added", eventId, time);
    draft.set("product_id", Catalogue.id(product)).set("quantity", quantity);
    draft.set("price_cents", Catalogue.priceCents(product)).set("session_id", id);
    if (random.nextDouble() < visitor.ordersCart()) {
      moveOn(Stage.BUYING, false, random);
    } else {
      leaveOr(Stage.BROWSING, random);
    }
  }

  private void order(Draft draft, String eventId, SplittableRandom random) {
    draft.begin("order_placed", eventId, time);
    draft.set("order_id", "o-" + eventId.substring(0, 12)).set("correlation_id", "c-" + id);
    draft.set("product_id", Catalogue.id(product)).set("quantity", quantity);
    draft.set("amount_cents", Catalogue.priceCents(product) * quantity).set("session_id", id);
    if ("DE".equals(visitor.country()) || "FR".equals(visitor.country())) {
      draft.set("currency", "EUR");
    }
    moveOn(Stage.BOUGHT, true, random);
  }

  private void reachGoal(Draft draft, String eventId, SplittableRandom random) {
    draft.begin("goal_reached", eventId, time).set("goal", "purchase");
    draft.set("correlation_id", "c-" + id);
    leaveOr(Stage.BROWSING, random);
  }

  private void signUp(Draft draft, String eventId, Ids ids, SplittableRandom random) {
    visitor = visitor.signedUp("n" + ids.nextShort());
    draft.begin("user_signed_up", eventId, time);
    draft.set("email", visitor.userId() + "@mail.example").set("plan", "free");
    draft.set("country", visitor.country());
    leaveOr(Stage.BROWSING, random);
  }

  private void leaveOr(Stage next, SplittableRandom random) {
    moveOn(random.nextDouble() < LEAVES ? Stage.OVER : next, false, random);
  }

  private void moveOn(Stage next, boolean atOnce, SplittableRandom random) {
    stage = next;
    long pause =
        atOnce
            ? 1 + random.nextLong(SHORT_PAUSE)
            : (long) (-MEAN_PAUSE_MILLIS * Math.log(1 - random.nextDouble()));
    time = Math.min(latest, time + Math.min(LONGEST_PAUSE, pause));
  }

  @Override
  public int compareTo(Session other) {
    int byTime = Long.compare(time, other.time);
    return byTime != 0 ? byTime : Long.compare(number, other.number);
  }
}
