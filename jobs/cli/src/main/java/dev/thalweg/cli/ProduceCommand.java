package dev.thalweg.cli;

import dev.thalweg.cli.input.InputCounts;
import dev.thalweg.cli.input.InputException;
import dev.thalweg.cli.input.InputFile;
import dev.thalweg.cli.mapping.Mapping;
import dev.thalweg.cli.mapping.MappingException;
import dev.thalweg.cli.mapping.MappingFile;
import dev.thalweg.cli.produce.EventSender;
import dev.thalweg.cli.produce.Pace;
import dev.thalweg.cli.produce.ProgressBar;
import dev.thalweg.cli.produce.RecordOrder;
import dev.thalweg.cli.produce.SendReport;
import dev.thalweg.cli.record.OutgoingRecord;
import dev.thalweg.cli.record.RegisteredRecords;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.SchemaRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code produce FILE}. */
@Command(
    name = "produce",
    description = {
      "Sends the events of a file to events.raw and waits until the broker has them all.",
      "The file holds one JSON object a line, or CSV or NDJSON that a mapping explains."
          + " What cannot be parsed is sent as it is, without key: the pipeline judges it.",
      "With a schema registry, events and profiles go in its wire format; what is no event of a"
          + " known contract, or names an older version, is sent as it is."
    })
final class ProduceCommand extends ThalwegCommand {

  private static final String STANDARD_INPUT = "-";

  @Parameters(paramLabel = "FILE", description = "what to send; - reads standard input")
  private String file;

  @Option(
      names = "--mapping",
      paramLabel = "M",
      description = "mapping file: how rows become events or profiles (see flink-conf/mappings)")
  private Path mappingFile;

  @Option(names = "--rate", paramLabel = "N", description = "at most N records a second")
  private Double rate;

  @Option(
      names = "--order",
      paramLabel = "ORDER",
      defaultValue = "file",
      description =
          "file, event-time or shuffle (default: ${DEFAULT-VALUE}); the last two hold the file in memory")
  private String order;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "seed of the shuffle (default: ${DEFAULT-VALUE})")
  private long seed;

  @Mixin private DeploymentOption deployment;

  @Mixin private ContractsOption contracts;

  @Mixin private RegistryOption registry;

  @Override
  public Integer call() {
    RecordOrder arrangement = checked("--order", () -> RecordOrder.of(order));
    Pace pace = checked("--rate", () -> rate == null ? Pace.unlimited() : Pace.perSecond(rate));
    ContractCatalog catalog = contracts.catalog();
    Optional<Mapping> mapping = readMapping();
    boolean profiles = mapping.map(Mapping::writesProfiles).orElse(false);
    // Where producers write is where the ingest job reads.
    IngestTopics topics = IngestTopics.of(settings().root(), deployment.get());
    String topic = profiles ? topics.profiles() : topics.events();
    Optional<SchemaRegistry> schemas = registry.connect();
    try (InputFile input = open(mapping, catalog);
        EventSender sender = EventSender.connect(addresses().kafkaBootstrap(), topic)) {
      ProgressBar bar = new ProgressBar(System.err, System.console() != null, input::shareRead);
      SendReport report;
      try {
        Iterator<OutgoingRecord> records = arrangement.arrange(input, catalog, seed);
        if (schemas.isPresent()) {
          records = new RegisteredRecords(schemas.get(), topic, catalog).encode(records);
        }
        report = sender.send(records, pace, bar);
      } finally {
        bar.end();
      }
      System.out.println(summary(topic, input.counts(), report));
      refuse(topic, input.counts(), report, profiles);
      return 0;
    } catch (IOException | UncheckedIOException e) {
      throw CommandFailure.failed("reading " + file + " failed: " + RootCause.of(e), e);
    }
  }

  private static <T> T checked(String option, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw CommandFailure.wrongInput(option + ": " + e.getMessage(), e);
    }
  }

  private Optional<Mapping> readMapping() {
    if (mappingFile == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(MappingFile.read(mappingFile));
    } catch (MappingException e) {
      throw CommandFailure.wrongInput(e.getMessage(), e);
    } catch (IOException e) {
      throw CommandFailure.wrongInput("cannot read the mapping: " + RootCause.of(e), e);
    }
  }

  private InputFile open(Optional<Mapping> mapping, ContractCatalog catalog) {
    try {
      if (file.equals(STANDARD_INPUT)) {
        return InputFile.of(System.in, STANDARD_INPUT, mapping, catalog);
      }
      Path path = Path.of(file);
      if (Files.isDirectory(path)) {
        throw CommandFailure.wrongInput(file + " is a directory: name a file");
      }
      return InputFile.open(path, mapping, catalog);
    } catch (InputException | MappingException e) {
      throw CommandFailure.wrongInput(e.getMessage(), e);
    } catch (IOException e) {
      throw CommandFailure.wrongInput("cannot read the input: " + RootCause.of(e), e);
    }
  }

  private static String summary(String topic, InputCounts counts, SendReport report) {
    List<String> parts = new ArrayList<>();
    parts.add(
        String.format(
            Locale.ROOT,
            "sent %d records to %s in %.1f s (%.0f/s)",
            report.acknowledged(),
            topic,
            report.duration().toMillis() / 1e3,
            report.perSecond()));
    parts.add(counts.unparsed() + " of " + counts.rows() + " lines not parsed");
    if (counts.withoutRecord() > 0) {
      parts.add(counts.withoutRecord() + " meet no condition of the mapping");
    }
    return String.join("; ", parts);
  }

  /** Ends the command in failure if anything could not be sent. */
  private static void refuse(
      String topic, InputCounts counts, SendReport report, boolean profiles) {
    List<String> parts = new ArrayList<>();
    long tooLarge = counts.tooLong() + report.tooLarge();
    if (tooLarge > 0) {
      long first =
          LongStream.of(counts.firstTooLong(), report.firstTooLarge())
              .filter(line -> line > 0)
              .min()
              .orElseThrow();
      parts.add(tooLarge + " too large for " + topic + ", the first: line " + first);
    }
    if (profiles && counts.unparsed() > 0) {
      parts.add(
          "%d lines are no profiles, the first: line %d"
              .formatted(counts.unparsed(), counts.firstUnparsed()));
    }
    if (!parts.isEmpty()) {
      throw CommandFailure.failed("not sent: " + String.join("; ", parts));
    }
  }
}
