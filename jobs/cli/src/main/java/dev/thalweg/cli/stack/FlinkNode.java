package dev.thalweg.cli.stack;

import dev.thalweg.cli.flink.FlinkCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/** A JobManager or a TaskManager, with the memory that Flink computes from the configuration. */
final class FlinkNode implements ProcessDefinition {

  private static final String JOB_MANAGER =
      "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
  private static final String TASK_MANAGER =
      "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";

  private final Service service;
  private final Path root;
  private final StackHome home;
  private final FlinkConfDirectory conf;
  private final FlinkCluster cluster;

  FlinkNode(
      Service service, Path root, StackHome home, FlinkConfDirectory conf, FlinkCluster cluster) {
    this.service = service;
    this.root = root;
    this.home = home;
    this.conf = conf;
    this.cluster = cluster;
  }

  @Override
  public Service service() {
    return service;
  }

  @Override
  public void prepare() throws IOException {
    conf.write();
    FileTree.delete(scratch());
    Files.createDirectories(scratch());
    Files.createDirectories(home.flink().resolve("web"));
    if (service == Service.TASKMANAGER) {
      Files.writeString(identity(), "taskmanager-" + UUID.randomUUID().toString().substring(0, 8));
    }
  }

  @Override
  public List<String> command() throws IOException {
    Configuration configuration = conf.read();
    return service == Service.JOBMANAGER ? jobManager(configuration) : taskManager(configuration);
  }

  @Override
  public Map<String, String> environment() throws IOException {
    return JavaProgram.of(root, "flink").environment();
  }

  @Override
  public boolean answers() {
    if (service == Service.JOBMANAGER) {
      return cluster.answers();
    }
    try {
      return cluster.hasTaskManager(Files.readString(identity()).strip());
    } catch (IOException e) {
      return false;
    }
  }

  private List<String> jobManager(Configuration configuration) {
    JobManagerProcessSpec memory = JobManagerProcessUtils.processSpecFromConfig(configuration);
    return program(configuration, CoreOptions.FLINK_JM_JVM_OPTIONS)
        .options(words(JobManagerProcessUtils.generateJvmParametersStr(memory, configuration)))
        .command(
            JOB_MANAGER,
            arguments(JobManagerProcessUtils.generateDynamicConfigsStr(memory), List.of()));
  }

  private List<String> taskManager(Configuration configuration) throws IOException {
    TaskExecutorProcessSpec memory = TaskExecutorProcessUtils.processSpecFromConfig(configuration);
    return program(configuration, CoreOptions.FLINK_TM_JVM_OPTIONS)
        .options(words(ProcessMemoryUtils.generateJvmParametersStr(memory)))
        .command(
            TASK_MANAGER,
            arguments(
                TaskExecutorProcessUtils.generateDynamicConfigsStr(memory),
                List.of("-Dtaskmanager.resource-id=" + Files.readString(identity()).strip())));
  }

  private JavaProgram program(Configuration configuration, ConfigOption<String> own) {
    return JavaProgram.of(root, "flink")
        .logTo(home.log(service))
        .options(words(configuration.get(CoreOptions.FLINK_JVM_OPTIONS)))
        .options(words(configuration.get(own)));
  }

  private List<String> arguments(String memoryOptions, List<String> more) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--configDir");
    arguments.add(home.flinkConf().toString());
    arguments.addAll(words(memoryOptions));
    arguments.add("-Dio.tmp.dirs=" + scratch());
    arguments.addAll(more);
    return arguments;
  }

  private Path scratch() {
    return home.flink().resolve("tmp").resolve(service.id());
  }

  private Path identity() {
    return home.flink().resolve("taskmanager.id");
  }

  private static List<String> words(String text) {
    return Stream.of(text.split("\\s+")).filter(word -> !word.isEmpty()).toList();
  }
}
