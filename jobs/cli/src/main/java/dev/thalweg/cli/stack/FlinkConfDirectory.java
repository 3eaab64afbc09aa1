package dev.thalweg.cli.stack;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.cli.RootCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.IllegalConfigurationException;

/**
 * The configuration directory of the local cluster: the local profile, this stack's ports and
 * places.
 */
final class FlinkConfDirectory {

  private final StackSettings settings;
  private final StackHome home;
  private final StackPorts ports;

  FlinkConfDirectory(StackSettings settings, StackHome home, StackPorts ports) {
    this.settings = settings;
    this.home = home;
    this.ports = ports;
  }

  /** Each file is replaced whole: processes that start at the same time may be reading it. */
  synchronized void write() {
    Path local = settings.root().resolve("flink-conf").resolve("local");
    try {
      Files.createDirectories(home.flinkConf());
      Files.createDirectories(home.savepoints());
      FlinkProfile profile =
          FlinkProfile.read(local.resolve("config.yaml"))
              .with(placesAndPorts())
              .with(settings.flinkOptions());
      replace("config.yaml", profile.text());
      replace("log4j-cli.properties", Files.readString(local.resolve("log4j2.properties")));
    } catch (IOException e) {
      throw CommandFailure.failed(
          "cannot write Flink's configuration: " + DiskSpace.explain(home.directory(), e), e);
    }
  }

  private void replace(String name, String text) throws IOException {
    Path next = Files.writeString(home.flinkConf().resolve(name + ".next"), text);
    Files.move(
        next,
        home.flinkConf().resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  Configuration read() {
    try {
      return GlobalConfiguration.loadConfiguration(home.flinkConf().toString());
    } catch (IllegalConfigurationException e) {
      throw CommandFailure.failed(
          home.flinkConf().resolve("config.yaml") + " cannot be read: " + RootCause.of(e), e);
    }
  }

  private Map<String, Object> placesAndPorts() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("rest.address", LoopbackPorts.HOST);
    options.put("rest.bind-address", LoopbackPorts.HOST);
    options.put("rest.port", ports.ui());
    options.put("rest.bind-port", Integer.toString(ports.ui()));
    options.put("high-availability.zookeeper.quorum", LoopbackPorts.HOST + ":" + ports.zooKeeper());
    options.put("high-availability.storageDir", uri("ha"));
    options.put("execution.checkpointing.dir", uri("checkpoints"));
    options.put("execution.checkpointing.savepoint-dir", home.savepoints().toUri().toString());
    options.put("web.tmpdir", home.flink().resolve("web").toString());
    return options;
  }

  private String uri(String name) {
    return home.flink().resolve(name).toUri().toString();
  }
}
