package dev.thalweg.jobs;

import static dev.thalweg.jobs.config.TypedOptions.duration;
import static dev.thalweg.jobs.config.TypedOptions.required;
import static dev.thalweg.jobs.config.TypedOptions.text;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** The options that every job has. */
public final class JobOptions {
  /** What goes in front of names. */
  public static final ConfigOption<String> DEPLOYMENT =
      text(
          "deployment",
          "Goes in front of topics, consumer groups, transactional ids and the PostgreSQL schema, so that several live on one cluster.",
          "");

  /** How to reach Kafka. */
  public static final ConfigOption<String> KAFKA_BOOTSTRAP =
      required("kafka.bootstrap", "Addresses of brokers, host:port, commas between.");

  /** How long Kafka keeps a transaction. */
  public static final ConfigOption<Duration> TRANSACTION_TIMEOUT =
      duration(
          "kafka.transaction-timeout",
          "How long the broker keeps a transaction that nobody ends; at most the broker's own limit. A job that is down for longer loses what it had written but not committed.",
          Duration.ofMinutes(15));

  /** How to reach PostgreSQL. */
  public static final ConfigOption<String> POSTGRES_URL =
      required("postgres.url", "JDBC address of the database with the views.");

  /** Who connects to PostgreSQL. */
  public static final ConfigOption<String> POSTGRES_USER =
      text("postgres.user", "Who connects to it.", "thalweg");

  /** Where PostgreSQL's password is. */
  public static final ConfigOption<String> POSTGRES_PASSWORD_FILE =
      text(
          "postgres.password-file",
          "File on the TaskManagers that holds the password; if empty, the environment variable POSTGRES_PASSWORD there.",
          "");

  /** Which run it is. */
  public static final ConfigOption<Long> RUN_EPOCH =
      ConfigOptions.key("views.run-epoch")
          .longType()
          .defaultValue(0L)
          .withDescription(
              "Orders what the runs of a job wrote; scripts/submit takes it from views.runs.");

  /** Where more contracts are. */
  public static final ConfigOption<String> CONTRACTS_PATH =
      text(
          "contracts.path",
          "Directory with contracts beside those of the library, such as events/order_placed/v2.avsc in it; local, or on any file system that Flink has a plugin for. Read when the job is submitted.",
          "");

  /** Where the schema registry is. */
  public static final ConfigOption<String> REGISTRY_URL =
      text(
          "registry.url",
          "Address of a schema registry with Confluent's API, up to what stands before /subjects. With one, records in its wire format are read, and canonical records and dead letters are written in it; if empty, Avro's single-object encoding.",
          "");

  /** Where the registry's credentials are. */
  public static final ConfigOption<String> REGISTRY_CREDENTIALS_FILE =
      text(
          "registry.credentials-file",
          "File on the TaskManagers that holds user:password, or a bearer token, for the registry; if empty, the environment variable REGISTRY_CREDENTIALS there.",
          "");

  /** All of them, in the order of a reference. */
  public static final List<ConfigOption<?>> ALL =
      List.of(
          DEPLOYMENT,
          KAFKA_BOOTSTRAP,
          TRANSACTION_TIMEOUT,
          POSTGRES_URL,
          POSTGRES_USER,
          POSTGRES_PASSWORD_FILE,
          RUN_EPOCH,
          CONTRACTS_PATH,
          REGISTRY_URL,
          REGISTRY_CREDENTIALS_FILE);

  /** Keys that go to the Kafka clients, this prefix removed. */
  public static final String KAFKA_PROPERTIES = "kafka.properties.";

  private JobOptions() {}

  /** These and the options of one job, those of a group together. */
  public static List<ConfigOption<?>> and(ConfigOption<?>... own) {
    Map<String, List<ConfigOption<?>>> groups =
        Stream.concat(ALL.stream(), Stream.of(own))
            .collect(groupingBy(JobOptions::group, LinkedHashMap::new, toList()));
    return groups.values().stream().<ConfigOption<?>>flatMap(List::stream).toList();
  }

  private static String group(ConfigOption<?> option) {
    return option.key().split("\\.", 2)[0];
  }
}
