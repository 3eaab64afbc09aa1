package dev.thalweg.jobs.contracts;

import dev.thalweg.operators.event.MessageTypes;
import dev.thalweg.schemas.ContractException;
import dev.thalweg.schemas.ContractSource.ContractFile;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.metrics.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at a directory of contracts time and again; each look is one element. */
public final class ContractLooks implements GeneratorFunction<Long, List<ContractFile>> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(ContractLooks.class);

  private final String location;
  private transient Counter failed;

  private ContractLooks(String location) {
    this.location = location;
  }

  /** A source for one subtask. */
  public static Source<List<ContractFile>, ?, ?> source(ContractsConfig contracts) {
    return new DataGeneratorSource<>(
        new ContractLooks(contracts.location()),
        Long.MAX_VALUE,
        RateLimiterStrategy.perSecond(1000.0 / contracts.refresh().toMillis()),
        Types.LIST(MessageTypes.CONTRACT_FILE));
  }

  /** Looks have no part in time: the watermark goes on as if they were not there. */
  public static <T> WatermarkStrategy<T> outOfTime() {
    return WatermarkStrategy.forGenerator(context -> new Idle<>());
  }

  @Override
  public void open(SourceReaderContext context) {
    failed = context.metricGroup().counter("contract_looks_failed");
  }

  @Override
  public List<ContractFile> map(Long look) {
    try {
      return new DirectoryContracts(location).read();
    } catch (ContractException e) {
      failed.inc();
      LOG.warn("No contracts could be looked for: {}", e.getMessage());
      return List.of();
    }
  }

  private static final class Idle<T> implements WatermarkGenerator<T> {
    @Override
    public void onEvent(T event, long timestamp, WatermarkOutput output) {
      output.markIdle();
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      output.markIdle();
    }
  }
}
