package dev.thalweg.operators.validate;

import dev.thalweg.operators.decode.CatalogFactory;
import dev.thalweg.operators.event.DeadLetter;
import dev.thalweg.operators.event.Event;
import dev.thalweg.operators.event.Message;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.EventCursor;
import dev.thalweg.schemas.Failure;
import dev.thalweg.schemas.Rule;
import dev.thalweg.schemas.RuleSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Validates events: first their time, then the rules of their contract; one that breaks either
 * becomes a dead letter. Other messages pass.
 *
 * <p>Key and state: none. Late data: passes; only an event time before the floor, or more than the
 * allowed span after arrival, is refused.
 */
public final class ValidateEvents extends ProcessFunction<Message, Message> {
  /** The stage that its dead letters name. */
  public static final String STAGE = "validate";

  private static final long serialVersionUID = 1L;

  private static final String NOT_IN_CHAIN = "events are validated in the chain that decodes them";

  private final CatalogFactory catalogFactory;
  private final long floor;
  private final long maxAhead;

  private transient Map<Contract, Checks> checks;

  /** An operator that knows the contracts of that catalogue. */
  public ValidateEvents(CatalogFactory catalog, ValidateConfig config) {
    this.catalogFactory = Objects.requireNonNull(catalog, "catalog");
    this.floor = config.timeFloor().toEpochMilli();
    this.maxAhead = config.maxAhead().toMillis();
  }

  @Override
  public void open(OpenContext context) {
    checks = new IdentityHashMap<>();
    // Compiled now, so that a rule that does not compile stops the job at its start.
    catalogFactory.load().events().forEach(RuleSet::compile);
  }

  @Override
  public void processElement(Message message, Context context, Collector<Message> out) {
    out.collect(message instanceof Event event ? validate(event) : message);
  }

  private Message validate(Event event) {
    if (event.eventTime() < floor) {
      return refuse(event, Failure.TIME_VIOLATION, "event_time lies before the floor");
    }
    if (isTooFarAhead(event.eventTime(), event.origin().arrival())) {
      return refuse(event, Failure.TIME_VIOLATION, "event_time lies too far after arrival");
    }
    try {
      Rule broken = firstBroken(event);
      return broken == null
          ? event
          : refuse(event, Failure.RULE_VIOLATION, broken.name() + ": " + broken.message());
    } catch (RuntimeException | StackOverflowError e) {
      return refuse(event, Failure.INTERNAL_ERROR, e.getClass().getName());
    }
  }

  private Rule firstBroken(Event event) {
    Checks contract = checks.computeIfAbsent(contractOf(event), Checks::new);
    contract.cursor.read(event.payload(), event.payloadStart(), event.payload().length);
    return contract.rules.firstBroken(contract.cursor);
  }

  /** Right for all values: a positive difference is exact when taken as unsigned. */
  private boolean isTooFarAhead(long eventTime, long arrival) {
    return eventTime > arrival && Long.compareUnsigned(eventTime - arrival, maxAhead) > 0;
  }

  private static DeadLetter refuse(Event event, Failure failure, String message) {
    return new DeadLetter(STAGE, failure, message, contractOf(event).type(), rawOf(event));
  }

  private static Contract contractOf(Event event) {
    return Objects.requireNonNull(event.contract(), NOT_IN_CHAIN);
  }

  private static RawRecord rawOf(Event event) {
    return Objects.requireNonNull(event.raw(), NOT_IN_CHAIN);
  }

  private static final class Checks {
    private final EventCursor cursor;
    private final RuleSet rules;

    Checks(Contract contract) {
      cursor = new EventCursor(contract);
      rules = RuleSet.compile(contract);
    }
  }
}
