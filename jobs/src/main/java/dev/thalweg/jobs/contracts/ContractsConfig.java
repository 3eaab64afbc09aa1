package dev.thalweg.jobs.contracts;

import dev.thalweg.operators.decode.CatalogFactory;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.ContractException;
import dev.thalweg.schemas.RuleSet;
import java.time.Duration;

/**
 * Where contracts are found.
 *
 * @param catalog loads those there at the start
 * @param location the directory beside the class path, with its scheme; empty if there is none
 * @param refresh how often the running job looks there for new ones; zero for never
 */
public record ContractsConfig(CatalogFactory catalog, String location, Duration refresh) {
  private static final Duration OFTEN = Duration.ofSeconds(1);
  private static final Duration SELDOM = Duration.ofHours(1);

  /**
   * Those of the class path, and those of a directory, which are read now.
   *
   * @param path the directory; empty for none
   * @throws IllegalArgumentException if it cannot be read, or holds what is no contract
   */
  public static ContractsConfig read(String path, Duration refresh) {
    if (path.isEmpty()) {
      return new ContractsConfig(ContractCatalog::fromClassPath, "", refresh);
    }
    try {
      DirectoryContracts directory = new DirectoryContracts(path);
      CatalogFactory catalog = new SubmittedContracts(directory.read());
      catalog.load().events().forEach(RuleSet::compile);
      return new ContractsConfig(catalog, directory.location(), refresh);
    } catch (ContractException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /**
   * The time between two looks.
   *
   * @throws IllegalArgumentException unless it is zero or between a second and an hour
   */
  public static Duration checkRefresh(Duration refresh) {
    if (!refresh.isZero() && (refresh.compareTo(OFTEN) < 0 || refresh.compareTo(SELDOM) > 0)) {
      throw new IllegalArgumentException("must be 0s (never), or from 1s to 1h");
    }
    return refresh;
  }

  /** Whether the running job looks for new contracts. */
  public boolean refreshes() {
    return !location.isEmpty() && !refresh.isZero();
  }
}
