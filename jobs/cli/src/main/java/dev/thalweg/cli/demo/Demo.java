package dev.thalweg.cli.demo;

import dev.thalweg.cli.IngestTopics;
import dev.thalweg.cli.JobStart;
import dev.thalweg.cli.Progress;
import dev.thalweg.cli.TextTable;
import dev.thalweg.cli.check.CanonicalScan;
import dev.thalweg.cli.check.ExperimentsTruth;
import dev.thalweg.cli.check.LedgerProgress;
import dev.thalweg.cli.check.LedgerRow;
import dev.thalweg.cli.check.LedgerView;
import dev.thalweg.cli.check.TruthCheck;
import dev.thalweg.cli.check.ViewsCheck;
import dev.thalweg.cli.check.ViewsTruth;
import dev.thalweg.cli.flink.FlinkCluster;
import dev.thalweg.cli.kafka.KafkaConnection;
import dev.thalweg.cli.kafka.TopicSize;
import dev.thalweg.cli.produce.EventSender;
import dev.thalweg.cli.produce.Pace;
import dev.thalweg.cli.produce.ProgressBar;
import dev.thalweg.cli.produce.SendReport;
import dev.thalweg.cli.record.OutgoingRecord;
import dev.thalweg.cli.report.ViewsPage;
import dev.thalweg.cli.report.ViewsSnapshot;
import dev.thalweg.cli.report.ViewsTable;
import dev.thalweg.cli.stack.LocalStack;
import dev.thalweg.cli.stack.StackAddresses;
import dev.thalweg.cli.stack.StackSettings;
import dev.thalweg.jobs.Deployment;
import dev.thalweg.schemas.ContractCatalog;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the jobs on a stack, sends them a stream, and shows what became of it. */
public final class Demo {
  private static final String INGEST = "ingest";
  private static final String METRICS = "metrics";
  private static final String EXPERIMENTS = "experiments";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final StackSettings settings;
  private final LocalStack stack;
  private final Progress progress;
  private final PrintStream out;
  private final DemoExperiments experiments;
  private final boolean terminal = System.console() != null;

  /** A demo on that stack. */
  public Demo(StackSettings settings, LocalStack stack, Progress progress, PrintStream out) {
    this.settings = settings;
    this.stack = stack;
    this.progress = progress;
    this.out = out;
    this.experiments = new DemoExperiments(stack);
  }

  /**
   * Runs it.
   *
   * @param backlog whether everything is sent before the job starts
   * @return whether all became what it had to, as far as that is known
   */
  public boolean run(DemoInput input, boolean backlog) throws IOException, SQLException {
    stack.up();
    StackAddresses addresses = stack.addresses();
    KafkaConnection kafka = KafkaConnection.to(addresses.kafkaBootstrap());
    IngestTopics topics = IngestTopics.of(settings.root(), new Deployment(""));
    LedgerProgress ledger = progressOf(INGEST);
    boolean running = new FlinkCluster(addresses.flink()).liveJob(INGEST).isPresent();
    long older = new TopicSize(kafka, topics.events()).records();
    send(topics.profiles(), input.profiles());
    experiments.publish(input.experiments());
    if (!backlog) {
      start();
    }
    LedgerRow before = running ? ledger.total() : LedgerRow.ZERO;
    progress.say("sending " + input);
    long sent = send(topics.events(), input.events());
    if (backlog) {
      start();
    }
    await(ledger, (running ? before.consumed() : older) + sent);
    LedgerView view = LedgerView.read(addresses.postgres(), INGEST);
    show(view, ledger, backlog);
    await(progressOf(METRICS), view.total().accepted());
    await(progressOf(EXPERIMENTS), view.total().accepted());
    if (older > 0) {
      out.println(
          "\nolder events are counted too, so this run is not compared with its truth: begin anew with scripts/stack reset");
      showViews();
      return true;
    }
    boolean agrees = agrees(input, kafka, topics.canonical(), view);
    showViews();
    return agrees;
  }

  /** On a terminal the views are shown meanwhile, and the ledgers above them. */
  private LedgerProgress progressOf(String job) {
    return new LedgerProgress(
        stack.addresses().postgres(), job, terminal ? Progress.silent() : progress);
  }

  private void await(LedgerProgress ledger, long records) {
    try (LiveLines live = LiveLines.start(out, terminal, this::liveLines)) {
      ledger.await(records, PATIENCE);
    }
  }

  private List<String> liveLines() {
    try {
      List<String> lines = new ArrayList<>();
      for (String job : List.of(INGEST, METRICS)) {
        LedgerRow total = LedgerView.read(stack.addresses().postgres(), job).total();
        lines.add("%,d records in the ledger of %s".formatted(total.consumed(), job));
      }
      lines.add("");
      lines.addAll(
          ViewsTable.lines(
              ViewsSnapshot.read(stack.addresses().postgres(), new Deployment("").schema())));
      return lines;
    } catch (SQLException e) {
      return List.of();
    }
  }

  private void start() throws IOException {
    JobStart jobs = new JobStart(settings, stack, progress);
    for (String job : List.of(INGEST, METRICS, EXPERIMENTS)) {
      if (new FlinkCluster(stack.addresses().flink()).liveJob(job).isEmpty()) {
        jobs.start(
            job, Optional.empty(), Optional.empty(), Optional.empty(), Map.of("registry.url", ""));
      }
    }
  }

  private long send(String topic, Iterator<OutgoingRecord> records) {
    if (!records.hasNext()) {
      return 0;
    }
    ProgressBar bar = new ProgressBar(System.err, System.console() != null, () -> -1);
    try (EventSender sender = EventSender.connect(stack.addresses().kafkaBootstrap(), topic)) {
      SendReport report = sender.send(records, Pace.unlimited(), bar);
      progress.say(
          "sent %,d records to %s (%,.0f/s)"
              .formatted(report.acknowledged(), topic, report.perSecond()));
      return report.acknowledged();
    } finally {
      bar.end();
    }
  }

  private void show(LedgerView view, LedgerProgress ledger, boolean backlog) {
    TextTable table =
        TextTable.of(
            "partition", "consumed", "accepted", "duplicate", "late", "dead_letter", "adds up");
    for (int column = 0; column < 6; column++) {
      table.alignRight(column);
    }
    view.partitions().forEach((partition, row) -> table.row(row(partition.toString(), row)));
    table.row(row("all", view.total()));
    out.println("ledger");
    out.println(table);
    TextTable causes = TextTable.of("failure", "event_type", "events").alignRight(2);
    view.deadLetters()
        .forEach(
            (cause, events) -> {
              int slash = cause.indexOf('/');
              causes.row(cause.substring(0, slash), cause.substring(slash + 1), events.toString());
            });
    out.println();
    out.println("dead letters");
    out.println(causes);
    if (backlog && ledger.perSecond() > 0) {
      out.printf("%ningest rate: %,.0f records a second%n", ledger.perSecond());
    }
  }

  private void showViews() throws IOException, SQLException {
    ViewsSnapshot views =
        ViewsSnapshot.read(stack.addresses().postgres(), new Deployment("").schema());
    out.println();
    ViewsTable.lines(views).forEach(out::println);
    Path page = stack.home().reports().resolve("views.html");
    Files.createDirectories(page.getParent());
    Files.writeString(page, ViewsPage.html(views, Instant.now()));
    Optional<Path> scorecards = experiments.show(out);
    out.println();
    out.println("report: " + page);
    scorecards.ifPresent(written -> out.println("scorecards: " + written));
  }

  private static List<String> row(String name, LedgerRow row) {
    return List.of(
        name,
        Long.toString(row.consumed()),
        Long.toString(row.accepted()),
        Long.toString(row.duplicate()),
        Long.toString(row.late()),
        Long.toString(row.deadLetter()),
        row.isBalanced() ? "yes" : "NO");
  }

  private boolean agrees(DemoInput input, KafkaConnection kafka, String canonical, LedgerView view)
      throws SQLException {
    Optional<Truth> truth = input.truth();
    Optional<PlantedExperiments> planted = input.experiments();
    if (truth.isEmpty() || planted.isEmpty()) {
      return true;
    }
    ContractCatalog contracts = ContractCatalog.fromClassPath();
    CanonicalScan scan = CanonicalScan.of(kafka, canonical, contracts);
    List<String> differences = new ArrayList<>(TruthCheck.differences(truth.get(), view, scan));
    ViewsTruth views = ViewsTruth.of(kafka, canonical, contracts);
    differences.addAll(new ViewsCheck(stack.addresses().postgres(), views).await(PATIENCE));
    ExperimentsTruth scored =
        ExperimentsTruth.of(kafka, canonical, contracts, planted.get().definitions());
    differences.addAll(experiments.differences(planted.get(), scored, truth.get(), PATIENCE));
    out.println();
    if (differences.isEmpty()) {
      out.printf(
          "the truth: %,d accepted events, each once, %,d of them enriched; every dead letter for its reason;%n",
          truth.get().accepted(), truth.get().enriched());
      out.printf(
          "%,d sessions, events per 10 minutes, users per hour and both scorecards as counted by hand%n",
          views.sessions().size());
    }
    differences.forEach(difference -> out.println("NOT AS IT MUST BE: " + difference));
    return differences.isEmpty();
  }
}
