package dev.thalweg.operators.testkit;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;

/** Remembers every metric that an operator registers. */
final class MetricProbe {
  private record Registered(String name, Map<String, String> variables, Metric metric) {}

  private final Queue<Registered> metrics = new ConcurrentLinkedQueue<>();

  /** The group to run the operator with. */
  TaskMetricGroup taskGroup() {
    TestingMetricRegistry registry =
        TestingMetricRegistry.builder()
            .setNumberReporters(1)
            .setRegisterConsumer(
                (metric, name, group) ->
                    metrics.add(new Registered(name, group.getAllVariables(), metric)))
            .build();
    return TaskManagerMetricGroup.createTaskManagerMetricGroup(
            registry, "localhost", ResourceID.generate())
        .addJob(new JobID(), "harness")
        .addTask(ExecutionAttemptID.randomId(), "harness");
  }

  /** The sum of all counters of that name. */
  long counter(String name) {
    return sum(named(name, Counter.class));
  }

  /** The sum of all counters of that name in groups {@code key=value}. */
  long counter(String name, String key, String value) {
    return sum(
        named(name, Counter.class).filter(m -> value.equals(m.variables.get("<" + key + ">"))));
  }

  private static long sum(Stream<Registered> counters) {
    return counters.mapToLong(registered -> ((Counter) registered.metric).getCount()).sum();
  }

  /** What the gauge of that name shows. */
  Object gauge(String name) {
    Registered gauge =
        named(name, Gauge.class)
            .findFirst()
            .orElseThrow(() -> new AssertionError("no gauge " + name));
    return ((Gauge<?>) gauge.metric).getValue();
  }

  private Stream<Registered> named(String name, Class<? extends Metric> type) {
    return metrics.stream().filter(m -> m.name.equals(name) && type.isInstance(m.metric));
  }
}
