package dev.thalweg.operators.metrics;

import dev.thalweg.schemas.CoreFields;
import dev.thalweg.schemas.EventCursor;
import java.util.ArrayList;
import java.util.List;

/** Gathers what one event means to its subject; reused. */
final class HitsBuilder {
  private final List<SubjectHits.UniqueHit> uniques = new ArrayList<>();
  private final List<SubjectHits.FunnelHit> steps = new ArrayList<>();
  private final List<Integer> retentions = new ArrayList<>();
  private boolean inSessions;

  void reset() {
    uniques.clear();
    steps.clear();
    retentions.clear();
    inSessions = false;
  }

  void unique(SubjectHits.UniqueHit hit) {
    uniques.add(hit);
  }

  void step(SubjectHits.FunnelHit hit) {
    steps.add(hit);
  }

  void retention(int view) {
    retentions.add(view);
  }

  void inSessions() {
    inSessions = true;
  }

  /** Whether it means nothing. */
  boolean isEmpty() {
    return uniques.isEmpty() && steps.isEmpty() && retentions.isEmpty() && !inSessions;
  }

  SubjectHits build(EventCursor event) {
    return new SubjectHits(
        SubjectItem.subject(event),
        event.longValue(CoreFields.EVENT_TIME),
        event.text(CoreFields.EVENT_ID),
        event.contract().type(),
        uniques,
        steps,
        retentions,
        inSessions);
  }
}
