package dev.thalweg.cli.stack;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.cli.kafka.KafkaConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One Kafka broker that is its own controller. */
final class KafkaBroker implements ProcessDefinition {

  private static final String CLUSTER_ID = "dGhhbHdlZy1sb2NhbC1zdA";
  private static final int MAX_MESSAGE_BYTES = 10 * 1024 * 1024;
  private static final int TRANSACTION_TIMEOUT_MILLIS = 15 * 60 * 1000;

  private final Path root;
  private final StackHome home;
  private final int port;
  private final int controllerPort;

  KafkaBroker(Path root, StackHome home, int port, int controllerPort) {
    this.root = root;
    this.home = home;
    this.port = port;
    this.controllerPort = controllerPort;
  }

  @Override
  public Service service() {
    return Service.KAFKA;
  }

  @Override
  public void prepare() throws IOException, InterruptedException {
    Files.createDirectories(home.kafka());
    Files.write(configuration(), properties());
    if (!Files.exists(data().resolve("meta.properties"))) {
      FileTree.delete(data());
      format();
    }
  }

  @Override
  public List<String> command() {
    return JavaProgram.of(root, "kafka")
        .logTo(home.log(Service.KAFKA))
        .options("-Xmx512m", "-Xms256m", "-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError")
        .command("kafka.Kafka", List.of(configuration().toString()));
  }

  @Override
  public Map<String, String> environment() throws IOException {
    return JavaProgram.of(root, "kafka").environment();
  }

  @Override
  public boolean answers() {
    return LoopbackPorts.accepts(port)
        && KafkaConnection.to(LoopbackPorts.HOST + ":" + port).answers();
  }

  private void format() throws IOException, InterruptedException {
    LogTail output = LogTail.from(home.output(Service.KAFKA));
    ProcessBuilder builder =
        new ProcessBuilder(
                JavaProgram.of(root, "kafka")
                    .logTo(home.log(Service.KAFKA))
                    .options("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                    .command(
                        "kafka.tools.StorageTool",
                        List.of("format", "-t", CLUSTER_ID, "-c", configuration().toString())))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(home.output(Service.KAFKA).toFile()));
    builder.environment().putAll(environment());
    if (builder.start().waitFor() != 0) {
      FileTree.delete(data());
      throw CommandFailure.failed(
          "Kafka cannot format its storage: %s; see %s"
              .formatted(
                  DiskSpace.exhausted(home.directory())
                      .or(output::cause)
                      .orElse("it gave no reason"),
                  output.file()));
    }
  }

  private List<String> properties() {
    return List.of(
        "process.roles=broker,controller",
        "node.id=1",
        "controller.quorum.voters=1@" + LoopbackPorts.HOST + ":" + controllerPort,
        "listeners=CLIENT://%1$s:%2$d,CONTROLLER://%1$s:%3$d"
            .formatted(LoopbackPorts.HOST, port, controllerPort),
        "advertised.listeners=CLIENT://" + LoopbackPorts.HOST + ":" + port,
        "listener.security.protocol.map=CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "inter.broker.listener.name=CLIENT",
        "controller.listener.names=CONTROLLER",
        "log.dirs=" + data(),
        "num.partitions=1",
        "auto.create.topics.enable=false",
        "log.message.timestamp.type=LogAppendTime",
        "message.max.bytes=" + MAX_MESSAGE_BYTES,
        "replica.fetch.max.bytes=" + MAX_MESSAGE_BYTES,
        "offsets.topic.replication.factor=1",
        "offsets.topic.num.partitions=8",
        "transaction.state.log.replication.factor=1",
        "transaction.state.log.min.isr=1",
        "transaction.state.log.num.partitions=8",
        "transaction.max.timeout.ms=" + TRANSACTION_TIMEOUT_MILLIS,
        "share.coordinator.state.topic.replication.factor=1",
        "share.coordinator.state.topic.min.isr=1",
        "group.initial.rebalance.delay.ms=0",
        "log.cleaner.dedupe.buffer.size=33554432",
        "num.network.threads=2",
        "num.io.threads=4",
        "background.threads=4");
  }

  private Path configuration() {
    return home.kafka().resolve("server.properties");
  }

  private Path data() {
    return home.kafka().resolve("data");
  }
}
