package dev.thalweg.cli.chaos;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.cli.IngestTopics;
import dev.thalweg.cli.JobStart;
import dev.thalweg.cli.JobStop;
import dev.thalweg.cli.MetricsTopics;
import dev.thalweg.cli.Progress;
import dev.thalweg.cli.Waiting;
import dev.thalweg.cli.check.CanonicalScan;
import dev.thalweg.cli.check.ExperimentsTruth;
import dev.thalweg.cli.check.LedgerProgress;
import dev.thalweg.cli.check.LedgerView;
import dev.thalweg.cli.check.TrialTruth;
import dev.thalweg.cli.check.TrialViewsCheck;
import dev.thalweg.cli.check.TruthCheck;
import dev.thalweg.cli.check.ViewsCheck;
import dev.thalweg.cli.check.ViewsTruth;
import dev.thalweg.cli.demo.DemoExperiments;
import dev.thalweg.cli.demo.DemoPlan;
import dev.thalweg.cli.demo.EventGenerator;
import dev.thalweg.cli.demo.PlantedExperiments;
import dev.thalweg.cli.demo.ProfileGenerator;
import dev.thalweg.cli.flink.FlinkCluster;
import dev.thalweg.cli.flink.Savepoint;
import dev.thalweg.cli.kafka.KafkaConnection;
import dev.thalweg.cli.kafka.TopicSize;
import dev.thalweg.cli.postgres.PostgresAddress;
import dev.thalweg.cli.produce.EventSender;
import dev.thalweg.cli.produce.Pace;
import dev.thalweg.cli.produce.SendProgress;
import dev.thalweg.cli.stack.LocalStack;
import dev.thalweg.cli.stack.Service;
import dev.thalweg.cli.stack.StackProcess;
import dev.thalweg.cli.stack.StackSettings;
import dev.thalweg.jobs.Deployment;
import dev.thalweg.schemas.ContractCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sends a stream whose truth is known through the jobs of a stack, while one thing after another
 * fails; then compares what was committed, and the views and scorecards over it, with the truth.
 * Each fault is seen to have happened, or the trial fails.
 */
public final class ChaosTrial {
  private static final String INGEST = "ingest";
  private static final String METRICS = "metrics";
  private static final String EXPERIMENTS = "experiments";
  private static final List<String> JOBS = List.of(INGEST, METRICS, EXPERIMENTS);
  private static final int MINUTES = 120;
  private static final Duration RECOVERY = Duration.ofMinutes(3);

  private final StackSettings settings;
  private final LocalStack stack;
  private final Progress progress;
  private final ContractCatalog catalog = ContractCatalog.fromClassPath();
  private final Map<String, String> options = new HashMap<>();
  private final Map<String, String> mutantOptions;
  private final PlantedExperiments experiments;
  private final IngestTopics topics;
  private final LedgerProgress ledger;
  private final FlinkCluster cluster;
  private final Map<String, String> jobIds = new HashMap<>();
  private boolean rescaled;

  /** A trial on a stack that is up and fresh. */
  public ChaosTrial(StackSettings settings, LocalStack stack, Progress progress, Mutant mutant) {
    this.settings = settings;
    this.stack = stack;
    this.progress = progress;
    this.experiments = PlantedExperiments.read(settings.root(), catalog);
    this.topics = IngestTopics.of(settings.root(), new Deployment(""));
    this.ledger = new LedgerProgress(stack.addresses().postgres(), INGEST, Progress.silent());
    this.cluster = new FlinkCluster(stack.addresses().flink());
    // Long enough for a fault to fall between two of them, with records sent and not yet committed.
    options.put("execution.checkpointing.interval", "5s");
    options.put("execution.checkpointing.min-pause", "500ms");
    options.put("registry.url", "");
    mutantOptions = mutant.options();
  }

  /**
   * A stream for a trial: two hours of it, in which a day of event time passes each minute, so that
   * windows close and users come back while things fail.
   */
  public static DemoPlan plan(double perSecond, long seed, Instant now) {
    long events = (long) Math.ceil(perSecond * MINUTES * 60);
    int users = (int) Math.max(100, perSecond * 4);
    return new DemoPlan(events, seed, now, Duration.ofDays(MINUTES), users, 0.02, 0.01);
  }

  /**
   * Runs it.
   *
   * @param plan what stream to send; sending ends when the faults are over
   * @param perSecond records a second
   * @param faults what fails, in this order
   * @return every difference from the truth, a line each
   */
  public List<String> run(DemoPlan plan, double perSecond, List<Fault> faults)
      throws IOException, SQLException {
    String kafka = stack.addresses().kafkaBootstrap();
    try (EventSender sender = EventSender.connect(kafka, topics.profiles())) {
      sender.send(
          new ProfileGenerator(plan, catalog).profiles(), Pace.unlimited(), SendProgress.silent());
    }
    new DemoExperiments(stack).publish(Optional.of(experiments));
    for (String job : JOBS) {
      start(job, Optional.empty());
    }
    EventGenerator generator = new EventGenerator(plan, catalog, experiments);
    try (EventSender sender = EventSender.connect(kafka, topics.events());
        BackgroundSending sending = new BackgroundSending(sender, generator, perSecond)) {
      awaitGrowth("the first events");
      for (Fault fault : faults) {
        suffer(fault);
        sending.requireHealthy();
      }
      long sent = sending.end();
      progress.say("sent %,d records; waiting for the ledger".formatted(sent));
      ledger.await(sent, RECOVERY);
    }
    CanonicalScan canonical =
        CanonicalScan.of(KafkaConnection.to(kafka), topics.canonical(), catalog);
    PostgresAddress postgres = stack.addresses().postgres();
    List<String> differences =
        new ArrayList<>(
            TruthCheck.differences(
                generator.truth(), LedgerView.read(postgres, INGEST), canonical));
    ViewsTruth views = ViewsTruth.of(KafkaConnection.to(kafka), topics.canonical(), catalog);
    differences.addAll(new ViewsCheck(postgres, views).await(RECOVERY));
    differences.addAll(furtherViews().await(RECOVERY));
    ExperimentsTruth scored =
        ExperimentsTruth.of(
            KafkaConnection.to(kafka), topics.canonical(), catalog, experiments.definitions());
    differences.addAll(
        new DemoExperiments(stack).numbers(experiments, scored, generator.truth(), RECOVERY));
    return differences;
  }

  private TrialViewsCheck furtherViews() {
    KafkaConnection kafka = KafkaConnection.to(stack.addresses().kafkaBootstrap());
    return new TrialViewsCheck(
        stack.addresses().postgres(),
        kafka,
        MetricsTopics.of(settings.root(), new Deployment("")).values(),
        catalog,
        TrialTruth.of(kafka, topics.canonical(), catalog));
  }

  private void start(String job, Optional<String> from) throws IOException {
    Map<String, String> all = new HashMap<>(options);
    all.put("parallelism.default", Integer.toString(parallelism(job)));
    if (job.equals(INGEST)) {
      all.putAll(mutantOptions);
    }
    String id =
        new JobStart(settings, stack, Progress.silent())
            .start(job, overlay(job), from, Optional.empty(), all);
    jobIds.put(job, id);
  }

  /** Metrics with few rows, so that a small machine keeps up. */
  private Optional<Path> overlay(String job) throws IOException {
    if (!job.equals(METRICS)) {
      return Optional.empty();
    }
    Path file = stack.home().directory().resolve("trial-metrics.yaml");
    try (InputStream resource = ChaosTrial.class.getResourceAsStream("metrics.yaml")) {
      Files.copy(resource, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return Optional.of(file);
  }

  private void suffer(Fault fault) throws IOException {
    progress.say(fault.title());
    switch (fault) {
      case KILL_TASKMANAGER -> kill(Service.TASKMANAGER);
      case KILL_JOBMANAGER -> kill(Service.JOBMANAGER);
      case RESTART_KAFKA -> restart(Service.KAFKA);
      case RESTART_POSTGRES -> restart(Service.POSTGRES);
      case RESCALE -> rescale();
    }
    awaitGrowth(fault.title());
  }

  private void kill(Service service) {
    long before = pid(service);
    Map<String, Long> restarted = new HashMap<>();
    jobIds.forEach((job, id) -> restarted.put(job, cluster.restartedAt(id)));
    StackProcess process = stack.process(service);
    awaitUncommitted();
    process.kill();
    require(!process.isAlive(), service.title() + " survived its kill");
    process.start();
    process.awaitReady();
    require(pid(service) != before, service.title() + " is the same process as before");
    for (String job : JOBS) {
      awaitRunning(job, service, restarted.get(job));
    }
  }

  private void awaitRunning(String job, Service killed, long restartedBefore) {
    String id = jobIds.get(job);
    if (killed == Service.TASKMANAGER) {
      require(
          Waiting.until(() -> cluster.restartedAt(id) > restartedBefore, RECOVERY),
          job + " never noticed that the TaskManager was killed");
    }
    require(
        Waiting.until(() -> cluster.liveJob(job).isPresent() && cluster.allTasksRun(id), RECOVERY),
        job + " does not run again after " + killed.title() + " was killed");
  }

  /** A checkpoint has just completed: what is written now will not be committed before the kill. */
  private void awaitUncommitted() {
    TopicSize canonical =
        new TopicSize(KafkaConnection.to(stack.addresses().kafkaBootstrap()), topics.canonical());
    awaitGrowth("the faults before");
    long before = canonical.records();
    require(
        Waiting.until(() -> canonical.records() > before, RECOVERY),
        "nothing is written between two checkpoints");
  }

  private void restart(Service service) {
    long before = pid(service);
    stack.process(service).restart();
    require(pid(service) != before, service.title() + " is the same process as before");
  }

  private void rescale() throws IOException {
    rescaled = !rescaled;
    for (String job : JOBS) {
      Savepoint savepoint =
          new JobStop(settings, stack, Progress.silent()).stop(job, new Deployment(""), false);
      String stopped = jobIds.get(job);
      start(job, Optional.of(savepoint.location()));
      require(!jobIds.get(job).equals(stopped), job + " is the one that was stopped");
      require(
          cluster.parallelism(jobIds.get(job)) == parallelism(job),
          job + " does not run with parallelism " + parallelism(job));
    }
  }

  /** The slots of a stack are enough for two jobs to grow while the third shrinks. */
  private int parallelism(String job) {
    if (!rescaled) {
      return 2;
    }
    return job.equals(EXPERIMENTS) ? 1 : 3;
  }

  private long pid(Service service) {
    return stack
        .process(service)
        .pid()
        .orElseThrow(() -> CommandFailure.failed(service.title() + " does not run"));
  }

  private void awaitGrowth(String after) {
    long before = ledger.total().consumed();
    require(
        Waiting.until(() -> ledger.total().consumed() > before, RECOVERY),
        "the ledger does not grow after: " + after);
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw CommandFailure.failed("trial: " + otherwise);
    }
  }
}
