package dev.thalweg.schemas;

import java.util.List;

/** Where contracts are found. */
@FunctionalInterface
public interface ContractSource {
  /**
   * All contracts there, in any order.
   *
   * @throws ContractException if they cannot be read
   */
  List<ContractFile> read();

  /**
   * The text of one contract.
   *
   * @param path where it stands: {@code events/<event_type>/v<version>.avsc} or {@code
   *     records/<name>/v<version>.avsc}
   * @param text the Avro schema as JSON
   */
  record ContractFile(String path, String text) {}
}
