package dev.thalweg.jobs;

import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** The one place that gives operators their uids and names. */
public final class Steps {
  private Steps() {}

  /** Names an operator. */
  public static <T> SingleOutputStreamOperator<T> step(
      Step step, SingleOutputStreamOperator<T> operator) {
    return operator.uid(step.uid()).name(step.title()).setDescription(step.description());
  }

  /** Names a sink. */
  public static <T> DataStreamSink<T> step(Step step, DataStreamSink<T> sink) {
    return sink.uid(step.uid()).name(step.title()).setDescription(step.description());
  }
}
