package dev.thalweg.operators.metrics;

import dev.thalweg.schemas.CoreFields;
import dev.thalweg.schemas.EventCursor;
import java.util.function.BiConsumer;
import java.util.function.LongUnaryOperator;

/**
 * Something kept by subject that an event may mean something to.
 *
 * @param condition place of its condition
 * @param closing finds the watermark from which on an event of a time is too late
 * @param hitter adds the hit
 */
record SubjectItem(
    int condition, LongUnaryOperator closing, BiConsumer<EventCursor, HitsBuilder> hitter) {

  static SubjectItem unique(int condition, LongUnaryOperator closing, int metric, Dimensions by) {
    return new SubjectItem(
        condition,
        closing,
        (event, hits) -> hits.unique(new SubjectHits.UniqueHit(metric, by.of(event))));
  }

  static SubjectItem step(int condition, LongUnaryOperator closing, int funnel, int step) {
    SubjectHits.FunnelHit hit = new SubjectHits.FunnelHit(funnel, step);
    return new SubjectItem(condition, closing, (event, hits) -> hits.step(hit));
  }

  static SubjectItem retention(int condition, LongUnaryOperator closing, int view) {
    return new SubjectItem(condition, closing, (event, hits) -> hits.retention(view));
  }

  static SubjectItem sessions(int condition, LongUnaryOperator closing) {
    return new SubjectItem(condition, closing, (event, hits) -> hits.inSessions());
  }

  boolean isLate(long time, long watermark) {
    return Lateness.isOver(closing.applyAsLong(time), watermark);
  }

  void hit(EventCursor event, HitsBuilder hits) {
    hitter.accept(event, hits);
  }

  static String subject(EventCursor event) {
    boolean isUser = !event.isNull(CoreFields.USER_ID);
    return event.text(isUser ? CoreFields.USER_ID : CoreFields.ANONYMOUS_ID);
  }
}
