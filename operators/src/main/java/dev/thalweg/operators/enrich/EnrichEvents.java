package dev.thalweg.operators.enrich;

import dev.thalweg.operators.event.Event;
import dev.thalweg.operators.event.Message;
import dev.thalweg.operators.event.Profile;
import dev.thalweg.operators.event.Waiting;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Joins the latest profile of its user to each event, where one holds at the event's time; a
 * missing profile is counted ({@code profiles_missing}) and the event goes on. Profiles end here;
 * other messages pass.
 *
 * <p>Key: the subject. Profiles and events come in one stream, whose watermark must not begin
 * before the profiles there at the start have all been read ({@link AwaitReferenceData}): until the
 * first watermark, events wait in state. State: {@link EnrichState}; a profile goes with its
 * tombstone, waiting events with the first watermark. Late data: does not look at lateness.
 */
public final class EnrichEvents extends KeyedProcessFunction<String, Message, Message> {
  private static final long serialVersionUID = 1L;

  /** Fires with the first watermark, whichever it is. */
  private static final long FIRST_WATERMARK = Long.MIN_VALUE + 1;

  private transient ValueState<Message> profile;
  private transient ListState<Event> waiting;
  private transient Counter profilesMissing;

  @Override
  public void open(OpenContext context) {
    profile = getRuntimeContext().getState(EnrichState.profile());
    waiting = getRuntimeContext().getListState(EnrichState.waitingEvents());
    profilesMissing = getRuntimeContext().getMetricGroup().counter("profiles_missing");
  }

  @Override
  public void processElement(Message message, Context context, Collector<Message> out)
      throws Exception {
    if (message instanceof Event event) {
      if (context.timerService().currentWatermark() == Long.MIN_VALUE) {
        await(event, context, out);
      } else {
        out.collect(enrich(event));
      }
    } else if (message instanceof Profile update) {
      remember(update);
    } else {
      out.collect(message);
    }
  }

  private void remember(Profile update) throws Exception {
    if (update.attributes() == null) {
      profile.clear();
    } else {
      profile.update(update);
    }
  }

  private void await(Event event, Context context, Collector<Message> out) throws Exception {
    event.markWaited();
    waiting.add(event);
    context.timerService().registerEventTimeTimer(FIRST_WATERMARK);
    out.collect(new Waiting(event.subject(), event.origin()));
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Message> out)
      throws Exception {
    for (Event event : waiting.get()) {
      out.collect(enrich(event));
    }
    waiting.clear();
  }

  /**
   * Sets the enrichment either way: an event that waited may have been written to a snapshot just
   * after it was enriched and before it left, and must not keep that enrichment when restored.
   */
  private Event enrich(Event event) throws Exception {
    byte[] attributes = null;
    if (event.userKnown()
        && profile.value() instanceof Profile known
        && known.effectiveFrom() <= event.eventTime()) {
      attributes = known.attributes();
    } else {
      profilesMissing.inc();
    }
    event.enrich(attributes);
    return event;
  }
}
