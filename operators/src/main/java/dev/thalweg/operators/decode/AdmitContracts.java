package dev.thalweg.operators.decode;

import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.ContractException;
import dev.thalweg.schemas.ContractSource.ContractFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes on each contract that is new and right, once; takes all that are found whenever somebody
 * looks. A file that is no contract, or would stand in the way of another, is logged and counted
 * ({@code contracts_refused}) when it is first seen and whenever it changes; a released one that
 * was changed is too. Run it with a parallelism of 1.
 *
 * <p>Key and state: none; after a restart all are told again, and whoever knows them does not mind.
 * Late data: does not look at time. Counts what it passes on in {@code contracts_admitted}.
 */
public final class AdmitContracts extends ProcessFunction<List<ContractFile>, ContractFile> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(AdmitContracts.class);

  private final CatalogFactory factory;

  private transient ContractCatalog catalog;
  private transient Map<String, String> judged;
  private transient Counter admitted;
  private transient Counter refused;

  /** An operator that does not tell of the contracts of that catalogue. */
  public AdmitContracts(CatalogFactory factory) {
    this.factory = Objects.requireNonNull(factory, "factory");
  }

  @Override
  public void open(OpenContext context) {
    catalog = factory.load();
    judged = new HashMap<>();
    admitted = getRuntimeContext().getMetricGroup().counter("contracts_admitted");
    refused = getRuntimeContext().getMetricGroup().counter("contracts_refused");
  }

  @Override
  public void processElement(
      List<ContractFile> look, Context context, Collector<ContractFile> out) {
    look.forEach(file -> judge(file, out));
  }

  private void judge(ContractFile file, Collector<ContractFile> out) {
    if (file.text().equals(judged.put(file.path(), file.text())) || catalog.holds(file)) {
      return;
    }
    try {
      catalog = catalog.with(file);
      admitted.inc();
      out.collect(file);
    } catch (ContractException e) {
      refused.inc();
      LOG.warn("A contract is refused: {}", e.getMessage());
    }
  }
}
