package dev.thalweg.cli.stack;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * The ports of one stack.
 *
 * @param ui Flink's web UI and REST
 * @param kafka the broker
 * @param postgres PostgreSQL
 * @param kafkaController the broker's controller
 * @param zooKeeper ZooKeeper
 */
record StackPorts(int ui, int kafka, int postgres, int kafkaController, int zooKeeper) {

  /** The ports that this home used last. */
  static Optional<StackPorts> remembered(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
      return Optional.of(
          new StackPorts(
              number(properties, "ui"),
              number(properties, "kafka"),
              number(properties, "postgres"),
              number(properties, "kafka-controller"),
              number(properties, "zookeeper")));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException e) {
      throw new UncheckedIOException(
          new IOException(file + " is damaged: delete it (" + e.getMessage() + ")", e));
    }
  }

  /** The ports to start on when nothing runs: what is asked for, the defaults, and free ones. */
  static StackPorts choose(StackSettings settings) {
    Set<Integer> taken = new HashSet<>();
    return new StackPorts(
        port(settings.uiPort(), StackSettings.DEFAULT_UI_PORT, taken),
        port(settings.kafkaPort(), StackSettings.DEFAULT_KAFKA_PORT, taken),
        port(settings.postgresPort(), StackSettings.DEFAULT_POSTGRES_PORT, taken),
        port(Optional.of(0), 0, taken),
        port(Optional.of(0), 0, taken));
  }

  /** These, but what is asked for now goes first: where a client looks. */
  StackPorts askedFor(StackSettings settings) {
    return new StackPorts(
        chosen(settings.uiPort(), ui),
        chosen(settings.kafkaPort(), kafka),
        chosen(settings.postgresPort(), postgres),
        kafkaController,
        zooKeeper);
  }

  void write(Path file) {
    Properties properties = new Properties();
    properties.setProperty("ui", Integer.toString(ui));
    properties.setProperty("kafka", Integer.toString(kafka));
    properties.setProperty("postgres", Integer.toString(postgres));
    properties.setProperty("kafka-controller", Integer.toString(kafkaController));
    properties.setProperty("zookeeper", Integer.toString(zooKeeper));
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, "Ports of the stack of this directory");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int of(Service service) {
    return switch (service) {
      case ZOOKEEPER -> zooKeeper;
      case KAFKA -> kafka;
      case POSTGRES -> postgres;
      case JOBMANAGER -> ui;
      case TASKMANAGER -> 0;
    };
  }

  private static int port(Optional<Integer> asked, int byDefault, Set<Integer> taken) {
    int port = asked.orElse(byDefault);
    if (port == 0) {
      port = LoopbackPorts.choose(taken);
    }
    taken.add(port);
    return port;
  }

  private static int chosen(Optional<Integer> asked, int otherwise) {
    return asked.filter(port -> port != 0).orElse(otherwise);
  }

  private static int number(Properties properties, String key) {
    return Integer.parseInt(properties.getProperty(key, "absent: " + key));
  }
}
