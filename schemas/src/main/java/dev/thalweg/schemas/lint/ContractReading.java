package dev.thalweg.schemas.lint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thalweg.schemas.ContractException;
import dev.thalweg.schemas.ContractPath;
import dev.thalweg.schemas.lint.ContractFiles.SourceFile;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The contracts of a directory, and what kept some from being read. */
public final class ContractReading {
  private static final Pattern VERSION = Pattern.compile("\\.v([1-9][0-9]{0,5})$");

  private final Map<String, ContractHistory> histories = new TreeMap<>();
  private final Findings findings = new Findings();

  private ContractReading(ContractFiles files) {
    SchemaReading schemas = new SchemaReading();
    Map<String, List<FileReading>> byDirectory =
        files.files().parallelStream().map(file -> FileReading.of(file, schemas)).toList().stream()
            .peek(reading -> findings.addAll(reading.findings))
            .filter(reading -> reading.place != null)
            .collect(
                Collectors.groupingBy(
                    reading -> reading.place.directory(), TreeMap::new, Collectors.toList()));
    byDirectory.forEach(
        (directory, versions) ->
            histories.put(
                directory,
                new ContractHistory(
                    versions.stream().map(v -> v.document).filter(Objects::nonNull).toList(),
                    versions.stream().map(v -> v.place.version()).toList(),
                    files.index())));
  }

  /** Reads those files. */
  public static ContractReading of(ContractFiles files) {
    return new ContractReading(files);
  }

  /**
   * The contract in one file, wherever that stands.
   *
   * @param file its name, for messages
   * @param text what it holds
   * @throws ContractException if it is no JSON object with the name of a record
   */
  public static ContractDocument single(String file, String text) {
    Findings findings = new Findings();
    ObjectNode tree =
        text.length() > ContractFiles.MAX_BYTES ? null : JsonReading.read(file, text, findings);
    if (tree == null || !tree.path("name").isTextual()) {
      String reason =
          findings.all().isEmpty()
              ? "not a contract: no record, or larger than 1 MiB"
              : findings.all().get(0).message();
      throw new ContractException(file + ": " + reason);
    }
    String namespace = tree.path("namespace").asText("");
    Matcher version = VERSION.matcher(namespace);
    ContractPath place =
        new ContractPath(
            !namespace.contains(".records."),
            ContractPath.snakeCase(tree.path("name").textValue()),
            version.find() ? Integer.parseInt(version.group(1)) : 1);
    return DocumentReading.read(place, text, tree, new SchemaReading(), findings);
  }

  /** The contracts by directory, {@code events/order_placed} or {@code records/ledger}. */
  public Map<String, ContractHistory> histories() {
    return histories;
  }

  /** The contract of that event type, else of that record; empty if there is neither. */
  public Optional<ContractHistory> named(String type) {
    return Optional.ofNullable(histories.get("events/" + type))
        .or(() -> Optional.ofNullable(histories.get("records/" + type)));
  }

  Findings findings() {
    return findings;
  }

  /** What one file gave: a document where it could be read. */
  private static final class FileReading {
    private final Findings findings = new Findings();
    private ContractPath place;
    private ContractDocument document;

    static FileReading of(SourceFile file, SchemaReading schemas) {
      FileReading reading = new FileReading();
      reading.place = ContractPath.of(file.path()).orElse(null);
      if (reading.place == null) {
        reading.findings.add(
            LintRule.MISPLACED_FILE, file.path(), "$", "not a contract's place or name");
      } else if (file.text() == null) {
        reading.findings.add(file.rule(), file.path(), "$", "the file " + file.problem());
      } else {
        ObjectNode tree = JsonReading.read(file.path(), file.text(), reading.findings);
        if (tree != null) {
          reading.document =
              DocumentReading.read(reading.place, file.text(), tree, schemas, reading.findings);
        }
      }
      return reading;
    }
  }
}
