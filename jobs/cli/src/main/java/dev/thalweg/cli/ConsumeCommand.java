package dev.thalweg.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thalweg.cli.kafka.CommittedRecords;
import dev.thalweg.cli.kafka.KafkaConnection;
import dev.thalweg.schemas.SchemaRegistryException;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code consume TOPIC [--max N] [--follow] [--meta] [--registry URL]}. */
@Command(
    name = "consume",
    description = "Prints the committed records of a topic, one JSON object a line.",
    footer = {
      "",
      "Values that are neither Avro of a known contract nor JSON are shown as {\"bytes\": base64};"
          + " with --registry, Avro of any registered schema is shown.",
      "Example: scripts/consume events.dead-letter --max 10"
    })
final class ConsumeCommand extends ThalwegCommand {

  @Parameters(paramLabel = "TOPIC", description = "the topic's name on the brokers")
  private String topic;

  @Option(names = "--max", paramLabel = "N", description = "end after so many records")
  private Long max;

  @Option(
      names = "--follow",
      description = "go on with records as they are committed, until interrupted")
  private boolean follow;

  @Option(names = "--meta", description = "add an object `meta`: partition, offset, timestamp, key")
  private boolean meta;

  @Mixin private ContractsOption contracts;

  @Mixin private RegistryOption registry;

  private long printed;

  @Override
  public Integer call() {
    if (max != null && max < 1) {
      throw CommandFailure.wrongInput("--max " + max + ": give a number from 1 on");
    }
    RecordJson json = new RecordJson(contracts.catalog(), registry.connect().orElse(null));
    try (PrintStream out =
        new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16),
            false,
            StandardCharsets.UTF_8)) {
      new CommittedRecords(KafkaConnection.to(addresses().kafkaBootstrap()), topic)
          .read(follow, record -> print(out, json, record));
    } catch (SchemaRegistryException e) {
      throw CommandFailure.failed("the schema registry gives no answer: " + e.getMessage(), e);
    }
    return 0;
  }

  /** Prints one record; answers whether there is a reason to go on. */
  private boolean print(PrintStream out, RecordJson json, ConsumerRecord<byte[], byte[]> record) {
    ObjectNode object = json.read(record.value());
    if (meta) {
      object
          .putObject("meta")
          .put("partition", record.partition())
          .put("offset", record.offset())
          .put("timestamp", Instant.ofEpochMilli(record.timestamp()).toString())
          .put(
              "key",
              record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8));
    }
    out.print(object + "\n");
    if (follow) {
      out.flush();
    }
    printed++;
    boolean readerGone = follow || printed % 1000 == 0 ? out.checkError() : false;
    return (max == null || printed < max) && !readerGone;
  }
}
