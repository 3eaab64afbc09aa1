package dev.thalweg.cli.demo;

import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.CoreFields;
import dev.thalweg.schemas.EventCursor;
import dev.thalweg.schemas.EventDecoder;
import dev.thalweg.schemas.Failure;
import dev.thalweg.schemas.RuleSet;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Judges records as ingest does, in a plain loop. */
final class Judge {

  private static final long FLOOR = Instant.parse("1990-01-01T00:00:00Z").toEpochMilli();

  private final long arrival;
  private final EventDecoder decoder;
  private final Map<Contract, RuleSet> rules = new HashMap<>();
  private final Set<String> seen = new HashSet<>();
  private final Map<String, Long> accepted = new TreeMap<>();
  private final Map<String, Long> acceptedByUser = new HashMap<>();
  private final Map<String, Set<String>> usersByExposure = new TreeMap<>();
  private final Set<String> buyers = new HashSet<>();
  private final Map<Failure, Map<String, Long>> deadLetters = new EnumMap<>(Failure.class);
  private final EventIdDigest ids = new EventIdDigest();
  private long duplicates;
  private long earliest = Long.MAX_VALUE;
  private long latest = Long.MIN_VALUE;
  private long lateness;

  Judge(ContractCatalog catalog, long arrival) {
    this.arrival = arrival;
    this.decoder = new EventDecoder(catalog, 1 << 20, false);
  }

  void judge(byte[] value) {
    Failure failure = decoder.decode(value) ? violation() : decoder.failure();
    Contract contract = decoder.contract();
    if (failure != null) {
      deadLetters
          .computeIfAbsent(failure, any -> new TreeMap<>())
          .merge(contract == null ? "unknown" : contract.type(), 1L, Long::sum);
      return;
    }
    EventCursor event = decoder.cursor();
    String user = event.isNull(CoreFields.USER_ID) ? null : event.text(CoreFields.USER_ID);
    String subject = user == null ? event.text(CoreFields.ANONYMOUS_ID) : user;
    String id = event.text(CoreFields.EVENT_ID);
    if (!seen.add(subject + " " + id)) {
      duplicates++;
      return;
    }
    accepted.merge(contract.type(), 1L, Long::sum);
    ids.add(subject, id);
    if (user != null) {
      acceptedByUser.merge(user, 1L, Long::sum);
      noteExperiments(user, contract, event);
    }
    long time = event.longValue(CoreFields.EVENT_TIME);
    earliest = Math.min(earliest, time);
    latest = Math.max(latest, time);
    lateness = Math.max(lateness, latest - time);
  }

  private void noteExperiments(String user, Contract contract, EventCursor event) {
    if (contract.type().equals("experiment_exposed")) {
      String experiment = event.text(contract.field("experiment").position());
      String variant = event.text(contract.field("variant").position());
      usersByExposure.computeIfAbsent(experiment + " " + variant, arm -> new HashSet<>()).add(user);
    } else if (contract.type().equals("order_placed")) {
      buyers.add(user);
    }
  }

  private Failure violation() {
    EventCursor event = decoder.cursor();
    long time = event.longValue(CoreFields.EVENT_TIME);
    if (time < FLOOR || time > arrival + Duration.ofDays(1).toMillis()) {
      return Failure.TIME_VIOLATION;
    }
    RuleSet set = rules.computeIfAbsent(decoder.contract(), RuleSet::compile);
    return set.firstBroken(event) == null ? null : Failure.RULE_VIOLATION;
  }

  Map<String, Long> accepted() {
    return accepted;
  }

  Map<String, Long> acceptedByUser() {
    return acceptedByUser;
  }

  /** Users by experiment and variant, a blank between. */
  Map<String, Set<String>> usersByExposure() {
    return usersByExposure;
  }

  /** Users who were told to be in both variants of an experiment. */
  Set<String> usersOfSeveralVariants() {
    Set<String> several = new HashSet<>();
    for (String experiment : Set.of("new_checkout", "search_ranking")) {
      Set<String> both = new HashSet<>(usersByExposure.get(experiment + " control"));
      both.retainAll(usersByExposure.get(experiment + " treatment"));
      several.addAll(both);
    }
    return several;
  }

  double shareOfBuyers(String arm) {
    Set<String> users = usersByExposure.get(arm);
    return (double) users.stream().filter(buyers::contains).count() / users.size();
  }

  Map<String, Long> deadLetters(Failure failure) {
    return deadLetters.getOrDefault(failure, Map.of());
  }

  EventIdDigest ids() {
    return ids;
  }

  long duplicates() {
    return duplicates;
  }

  Instant earliest() {
    return Instant.ofEpochMilli(earliest);
  }

  Instant latest() {
    return Instant.ofEpochMilli(latest);
  }

  Duration greatestLateness() {
    return Duration.ofMillis(lateness);
  }
}
