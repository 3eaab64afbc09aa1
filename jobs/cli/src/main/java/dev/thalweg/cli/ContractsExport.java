package dev.thalweg.cli;

import dev.thalweg.jobs.PipelineVersion;
import dev.thalweg.schemas.export.ContractExport;
import dev.thalweg.schemas.export.Streams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code contracts export DIR [--contracts DIR] [--deployment NAME]}. */
@Command(
    name = "export",
    customSynopsis = "scripts/contracts export [-hV] [--contracts=DIR] [--deployment=NAME] DIR",
    description = "Writes the contracts as JSON Schemas, and an AsyncAPI document for each stream.",
    footer = {
      "",
      "DIR/json-schema/<event_type>/v<version>.json: an event as producers send it",
      "DIR/json-schema/_canonical, _records:         what scripts/consume prints",
      "DIR/asyncapi/<topic>.json:                    a topic",
      "The same contracts make the same bytes.",
      "Example: scripts/contracts export target/contracts"
    })
final class ContractsExport extends ThalwegCommand {

  @Parameters(paramLabel = "DIR", description = "where to write; files of those names are replaced")
  private Path directory;

  @Mixin private ContractsOption contracts;

  @Mixin private DeploymentOption deployment;

  @Override
  public Integer call() {
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw CommandFailure.wrongInput(directory + " is a file: name a directory to write to");
    }
    Streams streams = DeclaredStreams.of(settings().root(), deployment.get());
    SortedMap<String, String> files =
        ContractExport.files(contracts.catalog(), PipelineVersion.current(), streams);
    write(files);
    System.out.println("wrote " + files.size() + " files below " + directory);
    return 0;
  }

  private void write(SortedMap<String, String> files) {
    for (Map.Entry<String, String> entry : files.entrySet()) {
      Path file = directory.resolve(entry.getKey());
      try {
        Files.createDirectories(file.getParent());
        Files.writeString(file, entry.getValue());
      } catch (IOException e) {
        throw CommandFailure.failed("cannot write " + file + ": " + RootCause.of(e), e);
      }
    }
  }
}
