package dev.thalweg.cli.demo;

import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.Failure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * The product in use: sessions begin, go on side by side and end, and their events come in order of
 * time.
 */
final class Traffic {

  private static final double FIRST_GUESS_OF_LENGTH = 8;
  private static final int ANONYMOUS_OF_HUNDRED = 15;
  private static final int AVRO_OF_HUNDRED = 20;
  private static final int UNKNOWN_ATTRIBUTE_OF_HUNDRED = 3;
  private static final String UNKNOWN_ATTRIBUTE = ",\"debug\":{\"trace\":[1,\"x\"]}";

  private final DemoPlan plan;
  private final long now;
  private final SplittableRandom random;
  private final Population population;
  private final PlantedExperiments experiments;
  private final Ids ids;
  private final Draft draft;
  private final BadEvents bad;
  private final JsonDrafts json = new JsonDrafts();
  private final AvroDrafts avro = new AvroDrafts();
  private final PriorityQueue<Session> sessions = new PriorityQueue<>();
  private long started;
  private double nextStart;
  private long ended;
  private long eventsOfEnded;

  Traffic(
      DemoPlan plan,
      ContractCatalog catalog,
      PlantedExperiments experiments,
      SplittableRandom random) {
    this.plan = plan;
    this.now = plan.now().toEpochMilli();
    this.random = random;
    this.population = new Population(plan);
    this.experiments = experiments;
    this.ids = new Ids(random.split());
    this.draft = new Draft(catalog);
    this.bad = new BadEvents(now, draft, ids, random.split());
    this.nextStart = now - plan.span().toMillis();
    start();
  }

  /** The next event of a visit, good unless a client is faulty. */
  DemoRecord next() {
    Session session = advance();
    long time = session.time();
    Failure failure = session.next(draft, ids, random);
    DemoRecord record = failure == null ? encode(session, time) : refused(session, time, failure);
    if (session.over()) {
      ended++;
      eventsOfEnded += session.events();
    } else {
      sessions.add(session);
    }
    return record;
  }

  /** A bad event of somebody who is there. */
  DemoRecord nextBad() {
    Session session = current();
    return bad.next(session.visitor(), session.time());
  }

  /** A bad event that is too large. */
  DemoRecord nextTooLarge() {
    Session session = current();
    return bad.tooLarge(session.visitor(), session.time());
  }

  private Session current() {
    Session session = advance();
    sessions.add(session);
    return session;
  }

  /** Takes out the session whose event comes next, after starting those that begin before it. */
  private Session advance() {
    while (sessions.isEmpty() || nextStart <= sessions.peek().time()) {
      start();
    }
    return sessions.poll();
  }

  private void start() {
    Visitor visitor = random.nextInt(100) < ANONYMOUS_OF_HUNDRED ? anonymous() : known();
    sessions.add(
        new Session(
            started, ids.nextShort(), Platform.draw(random), visitor, (long) nextStart, now));
    started++;
    double length =
        ended == 0 ? FIRST_GUESS_OF_LENGTH : Math.max(1, (double) eventsOfEnded / ended);
    double meanGap = length * plan.span().toMillis() / plan.events();
    nextStart += meanGap * 2 * random.nextDouble();
  }

  private Visitor anonymous() {
    return new Visitor(
        null, "a" + ids.nextShort(), List.of(), PlantedExperiments.ORDERS_CART, null, false);
  }

  private Visitor known() {
    int user = population.draw(random);
    String id = population.id(user);
    return new Visitor(
        id,
        null,
        experiments.exposures(id, population.hasFaultyClient(user)),
        experiments.ordersCart(id),
        population.country(user),
        population.hasProfile(user));
  }

  private DemoRecord refused(Session session, long time, Failure failure) {
    byte[] key = session.visitor().subject().getBytes(StandardCharsets.UTF_8);
    byte[] value = json.encode(draft, !session.platform().mobile());
    return DemoRecord.bad(key, value, time, failure, draft.contract().type());
  }

  private DemoRecord encode(Session session, long time) {
    Visitor visitor = session.visitor();
    String subject = visitor.subject();
    boolean timeAsText = !session.platform().mobile();
    byte[] value;
    if (random.nextInt(100) < AVRO_OF_HUNDRED) {
      value = avro.encode(draft);
    } else if (random.nextInt(100) < UNKNOWN_ATTRIBUTE_OF_HUNDRED) {
      value = json.encode(draft, timeAsText, UNKNOWN_ATTRIBUTE);
    } else {
      value = json.encode(draft, timeAsText);
    }
    return new DemoRecord(
        subject.getBytes(StandardCharsets.UTF_8),
        value,
        time,
        null,
        draft.contract().type(),
        subject,
        draft.eventId(),
        visitor.profiled());
  }
}
