package dev.thalweg.operators.enrich;

import dev.thalweg.operators.event.Event;
import dev.thalweg.operators.event.EventSerializer;
import dev.thalweg.operators.event.Message;
import dev.thalweg.operators.event.MessageSerializer;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;

/** The state of {@link EnrichEvents}, by subject. */
public final class EnrichState {
  private EnrichState() {}

  /** The user's latest profile; kept until a tombstone forgets the user. */
  public static ValueStateDescriptor<Message> profile() {
    return new ValueStateDescriptor<>("profile", new MessageSerializer());
  }

  /**
   * Events that arrived before the profiles were read to their end; emptied by the first watermark.
   */
  public static ListStateDescriptor<Event> waitingEvents() {
    return new ListStateDescriptor<>("waiting-events", new EventSerializer());
  }
}
