package dev.thalweg.operators.metrics;

import dev.thalweg.operators.decode.EventIdHash;
import dev.thalweg.operators.metrics.aggregate.Aggregate;
import dev.thalweg.operators.metrics.aggregate.Counts;
import dev.thalweg.operators.metrics.aggregate.Distinct;
import dev.thalweg.operators.metrics.aggregate.Extreme;
import dev.thalweg.operators.metrics.aggregate.Quantiles;
import dev.thalweg.operators.metrics.aggregate.Ratio;
import dev.thalweg.operators.metrics.aggregate.Sum;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractField;
import dev.thalweg.schemas.CoreFields;
import dev.thalweg.schemas.EventCursor;
import dev.thalweg.schemas.FieldType;
import java.util.function.Supplier;

/** How one metric takes in an event of one contract. */
final class Measure {
  private static final int NONE = -1;

  private final MetricDefinition metric;
  private final int of;
  private final boolean isWhole;
  private final boolean divides;
  private final EventIdHash hash = new EventIdHash();

  private Measure(MetricDefinition metric, ContractField of, boolean divides) {
    this.metric = metric;
    this.of = of == null ? NONE : of.position();
    this.isWhole = of != null && isWhole(of);
    this.divides = divides;
  }

  /**
   * A measure.
   *
   * @param of the field's name; empty for none
   * @param divides whether it is what a ratio divides by
   * @return null if the contract has no such field
   */
  static Measure of(MetricDefinition metric, String of, boolean divides, Contract contract) {
    ContractField field = of.isEmpty() ? null : contract.field(of);
    return field == null && !of.isEmpty() ? null : new Measure(metric, field, divides);
  }

  private static boolean isWhole(ContractField field) {
    return switch (field.type()) {
      case INT, LONG, TIMESTAMP -> true;
      default -> false;
    };
  }

  /** Whether the event has what is measured. */
  boolean applies(EventCursor event) {
    return of == NONE || !event.isNull(of);
  }

  /** Of nothing. */
  Supplier<Aggregate> empty() {
    return switch (metric.kind()) {
      case COUNT -> () -> new Counts(1);
      case SUM, MEAN -> Sum::new;
      case MIN, MAX -> Extreme::new;
      case QUANTILE -> Quantiles::new;
      case UNIQUE -> Distinct::new;
      case RATIO -> Ratio::new;
    };
  }

  /** Adds the event. */
  void add(EventCursor event, Aggregate to) {
    if (to instanceof Counts counts) {
      counts.add(0, 1);
    } else if (to instanceof Sum sum) {
      addTo(sum, event);
    } else if (to instanceof Extreme extreme) {
      extreme.add(number(event));
    } else if (to instanceof Quantiles quantiles) {
      quantiles.add(number(event));
    } else if (to instanceof Ratio ratio) {
      addTo(divides ? ratio.lower() : ratio.upper(), event);
    } else if (to instanceof Distinct distinct) {
      addTo(distinct, event);
    }
  }

  private void addTo(Sum sum, EventCursor event) {
    if (of == NONE) {
      sum.add(1L);
    } else if (isWhole) {
      sum.add(event.longValue(of));
    } else {
      sum.add(event.doubleValue(of));
    }
  }

  private void addTo(Distinct distinct, EventCursor event) {
    int field = of == NONE ? subject(event) : of;
    if (isText(event, field)) {
      hash.hash(event.source(), event.contentStart(field), event.contentLength(field));
      distinct.add(hash.high(), hash.low());
    } else {
      distinct.add(0, isWhole ? event.longValue(of) : Double.doubleToLongBits(number(event)));
    }
  }

  private static int subject(EventCursor event) {
    return event.isNull(CoreFields.USER_ID) ? CoreFields.ANONYMOUS_ID : CoreFields.USER_ID;
  }

  private static boolean isText(EventCursor event, int field) {
    return event.contract().fields().get(field).type() == FieldType.STRING;
  }

  private double number(EventCursor event) {
    return isWhole ? event.longValue(of) : event.doubleValue(of);
  }
}
