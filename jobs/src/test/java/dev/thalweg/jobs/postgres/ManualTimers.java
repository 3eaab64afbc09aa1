package dev.thalweg.jobs.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.operators.ProcessingTimeService;

/** A clock that stands still until a test moves it. */
final class ManualTimers implements ProcessingTimeService {
  private record Timer(long time, ProcessingTimeCallback callback) {}

  private final List<Timer> timers = new ArrayList<>();
  private long now = 1000;

  @Override
  public long getCurrentProcessingTime() {
    return now;
  }

  @Override
  public ScheduledFuture<?> registerTimer(long timestamp, ProcessingTimeCallback target) {
    timers.add(new Timer(timestamp, target));
    return null;
  }

  int count() {
    return timers.size();
  }

  void advance(long millis) throws Exception {
    now += millis;
    for (Timer timer : List.copyOf(timers)) {
      if (timer.time() <= now) {
        timers.remove(timer);
        timer.callback().onProcessingTime(timer.time());
      }
    }
  }
}
