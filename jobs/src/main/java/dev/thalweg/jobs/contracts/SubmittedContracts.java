package dev.thalweg.jobs.contracts;

import dev.thalweg.operators.decode.CatalogFactory;
import dev.thalweg.schemas.ClassPathContracts;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.ContractSource.ContractFile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The contracts of the class path and those that a directory held when the job was submitted. They
 * travel with the job, so that all subtasks judge alike, after a failure too.
 */
public final class SubmittedContracts implements CatalogFactory {
  private static final long serialVersionUID = 1L;

  private final ArrayList<Text> files = new ArrayList<>();

  /** With those files, beside the class path. */
  public SubmittedContracts(List<ContractFile> files) {
    files.forEach(file -> this.files.add(new Text(file.path(), file.text())));
  }

  @Override
  public ContractCatalog load() {
    return ContractCatalog.load(
        new ClassPathContracts(),
        () -> files.stream().map(file -> new ContractFile(file.path, file.text)).toList());
  }

  private record Text(String path, String text) implements Serializable {}
}
