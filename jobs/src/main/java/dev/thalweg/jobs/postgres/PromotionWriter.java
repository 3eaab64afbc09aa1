package dev.thalweg.jobs.postgres;

import dev.thalweg.jobs.kafka.PublishedVersions;
import dev.thalweg.jobs.kafka.VersionPublisher;
import dev.thalweg.operators.experiments.definition.DefinitionJson;
import dev.thalweg.operators.experiments.definition.DefinitionJsonException;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.scoring.ExperimentRow;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Decided;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.metrics.Counter;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles promotions before each checkpoint, so that what a checkpoint covers is published or lost.
 * First the row is claimed; then, with all other publishers of the topic shut out, row and topic
 * are looked at, and the version is published if the topic still ends with the one that it
 * replaces. A crash at any point leaves what the next attempt goes on from: a version that is in
 * the topic already is not published again.
 */
final class PromotionWriter implements SinkWriter<ExperimentRow> {
  /**
   * What is counted.
   *
   * @param published promotions
   * @param lost promotions
   * @param failed attempts
   */
  record Counters(Counter published, Counter lost, Counter failed) {}

  private static final Logger LOG = LoggerFactory.getLogger(PromotionWriter.class);

  private final PromotionSink sink;
  private final Supplier<VersionPublisher> publishers;
  private final Counters counters;
  private final PromotionTable table;
  private final Queue<Promotion> waiting = new ArrayDeque<>();

  PromotionWriter(PromotionSink sink, Supplier<VersionPublisher> publishers, Counters counters) {
    this.sink = sink;
    this.publishers = publishers;
    this.counters = counters;
    table =
        new PromotionTable(
            new RetriedTransactions(sink.postgres(), sink.patience(), counters.failed()));
  }

  @Override
  public void write(ExperimentRow row, Context context) {
    if (sink.isLive() && row instanceof Decided decided && decided.promotion() != null) {
      waiting.add(Promotion.of(decided, sink.epoch().version(decided.version())));
    }
  }

  @Override
  public void flush(boolean endOfInput) throws IOException, InterruptedException {
    while (!waiting.isEmpty()) {
      settle(waiting.element());
      waiting.remove();
    }
  }

  /** Tries until it is settled: Kafka may be away, or another publisher may have shut us out. */
  private void settle(Promotion promotion) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    RetryPauses pauses = new RetryPauses();
    while (true) {
      try {
        attempt(promotion);
        return;
      } catch (KafkaException e) {
        counters.failed().inc();
        giveUpOrLog(promotion, e, begin);
      }
      pauses.pause();
    }
  }

  private void giveUpOrLog(Promotion promotion, KafkaException e, long begin) throws IOException {
    if (System.nanoTime() - begin > sink.patience().toNanos()) {
      throw new IOException(
          "the %s could not be published for %ds: %s"
              .formatted(promotion, sink.patience().toSeconds(), e.getMessage()),
          e);
    }
    LOG.warn("The {} waits for Kafka: {}", promotion, e.getMessage());
  }

  private void attempt(Promotion promotion) throws IOException, InterruptedException {
    PromotionRow row = table.claim(promotion);
    if (row.settles(promotion)) {
      tellUnlessOwn(promotion, row);
      return;
    }
    try (VersionPublisher publisher = publishers.get()) {
      PromotionRow alone = table.claim(promotion);
      if (alone.settles(promotion)) {
        tellUnlessOwn(promotion, alone);
      } else {
        attempt(promotion, alone, publisher);
      }
    }
  }

  /** With all others shut out: they publish no more, unless they look at row and topic again. */
  private void attempt(Promotion promotion, PromotionRow row, VersionPublisher publisher)
      throws IOException, InterruptedException {
    PublishedVersions versions = publisher.published();
    if (holds(versions, promotion.definition())) {
      // Whoever published it did not live to say so.
      table.published(promotion);
    } else if (holds(versions, row)) {
      table.settle(promotion, row, null);
      tellUnlessOwn(promotion, row);
    } else if (obstacle(promotion, versions).isPresent()) {
      String reason = obstacle(promotion, versions).get();
      table.settle(promotion, row, reason);
      lose(promotion, reason);
    } else if (!row.isOf(promotion) && row.version() > promotion.version()) {
      lose(promotion, "a later run makes another one");
    } else {
      publisher.publish(promotion.definition());
      table.published(promotion);
      counters.published().inc();
      LOG.info("The {} is published", promotion);
    }
  }

  private static boolean holds(PublishedVersions versions, ExperimentDefinition definition) {
    return versions
        .version(definition.experiment(), definition.version())
        .filter(definition::equals)
        .isPresent();
  }

  /** A row that cannot be read is not in the topic, and gives way like any that is unpublished. */
  private static boolean holds(PublishedVersions versions, PromotionRow row) {
    try {
      return holds(versions, DefinitionJson.read(row.definition()));
    } catch (DefinitionJsonException e) {
      LOG.warn("What was claimed before is lost, as it is no definition: {}", e.getMessage());
      return false;
    }
  }

  private void tellUnlessOwn(Promotion promotion, PromotionRow row) {
    if (!row.isOf(promotion)) {
      lose(promotion, "another one was made of version " + promotion.from());
    }
  }

  /** Why the next version cannot be this one. */
  private static Optional<String> obstacle(Promotion promotion, PublishedVersions versions) {
    List<String> faults = versions.faults(promotion.experiment());
    if (!faults.isEmpty()) {
      return Optional.of("the topic was written past apply: " + String.join("; ", faults));
    }
    int newest =
        versions.newest(promotion.experiment()).map(ExperimentDefinition::version).orElse(0);
    return newest == promotion.from()
        ? Optional.empty()
        : Optional.of("the newest version is %d, not %d".formatted(newest, promotion.from()));
  }

  private void lose(Promotion promotion, String reason) {
    counters.lost().inc();
    LOG.warn("The {} is lost: {}", promotion, reason);
  }

  @Override
  public void close() {
    table.close();
  }
}
