package dev.thalweg.operators.metrics;

import dev.thalweg.schemas.CoreFields;
import dev.thalweg.schemas.EventCursor;
import java.util.function.BiConsumer;

/**
 * Something kept by subject that an event may mean something to.
 *
 * @param condition place of its condition
 * @param clock the windows that it belongs to, or null
 * @param patience how long after the window (without one: after the event) an event still counts,
 *     beside the lateness, in milliseconds
 * @param hitter adds the hit
 */
record SubjectItem(
    int condition, SliceClock clock, long patience, BiConsumer<EventCursor, HitsBuilder> hitter) {

  static SubjectItem unique(int condition, int metric, Dimensions by, SliceClock clock) {
    return new SubjectItem(
        condition,
        clock,
        0,
        (event, hits) -> hits.unique(new SubjectHits.UniqueHit(metric, by.of(event))));
  }

  static SubjectItem step(int condition, int funnel, int step, SliceClock clock, long patience) {
    SubjectHits.FunnelHit hit = new SubjectHits.FunnelHit(funnel, step);
    return new SubjectItem(condition, clock, patience, (event, hits) -> hits.step(hit));
  }

  static SubjectItem retention(int condition, int view, long patience) {
    return new SubjectItem(condition, null, patience, (event, hits) -> hits.retention(view));
  }

  /** The moment from which on an event of that time is too late. */
  long lastMoment(long time, long lateness) {
    return (clock == null ? time : clock.at(time).lastEnd()) + patience + lateness;
  }

  void hit(EventCursor event, HitsBuilder hits) {
    hitter.accept(event, hits);
  }

  static String subject(EventCursor event) {
    boolean isUser = !event.isNull(CoreFields.USER_ID);
    return event.text(isUser ? CoreFields.USER_ID : CoreFields.ANONYMOUS_ID);
  }
}
