package dev.thalweg.operators.decode;

import dev.thalweg.schemas.ContractCatalog;
import java.io.Serializable;

/**
 * Loads the contracts where an operator runs; shipped with the job in place of the contracts
 * themselves.
 */
@FunctionalInterface
public interface CatalogFactory extends Serializable {
  /**
   * The contracts.
   *
   * @throws dev.thalweg.schemas.ContractException if they cannot be loaded
   */
  ContractCatalog load();
}
