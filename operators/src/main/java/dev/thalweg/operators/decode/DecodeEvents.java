package dev.thalweg.operators.decode;

import dev.thalweg.operators.event.Message;
import dev.thalweg.operators.event.RawRecord;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Decodes raw records (Avro single-object or JSON, or a schema registry's wire format) into events
 * by their contracts, each as the newest version that can read it; what cannot be decoded becomes a
 * dead letter with its bytes. One message out for each record in; never throws for any bytes. Knows
 * the contracts there when the job started; {@link DecodeEventsByNewContracts} learns others while
 * it runs.
 *
 * <p>With a registry each event carries the id of its canonical schema. An id that is not known yet
 * is asked for; while the registry gives no answer the record waits, and all behind it.
 *
 * <p>Key and state: none. Late data: does not look at time. Counts attributes dropped as unknown in
 * {@code attributes_dropped}.
 */
public final class DecodeEvents extends ProcessFunction<RawRecord, Message> {
  /** The stage that its dead letters name. */
  public static final String STAGE = "decode";

  private static final long serialVersionUID = 1L;

  private final CatalogFactory catalog;
  private final DecodeConfig config;
  private final RegistryConfig registry;

  private transient RecordDecoder decoder;
  private transient Counter attributesDropped;

  /** An operator that knows the contracts of that catalogue. */
  public DecodeEvents(CatalogFactory catalog, DecodeConfig config) {
    this(catalog, config, null);
  }

  /** An operator that uses a schema registry too; null for none. */
  public DecodeEvents(CatalogFactory catalog, DecodeConfig config, RegistryConfig registry) {
    this.catalog = Objects.requireNonNull(catalog, "catalog");
    this.config = Objects.requireNonNull(config, "config");
    this.registry = registry;
  }

  @Override
  public void open(OpenContext context) {
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    decoder = new RecordDecoder(catalog.load(), config, registry, metrics);
    attributesDropped = metrics.counter("attributes_dropped");
  }

  @Override
  public void processElement(RawRecord raw, Context context, Collector<Message> out) {
    out.collect(decoder.decode(raw));
    attributesDropped.inc(decoder.attributesDropped());
  }
}
