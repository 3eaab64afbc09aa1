package dev.thalweg.operators.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.testkit.Backend;
import dev.thalweg.operators.testkit.TestEvents;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** State does not grow with the number of subjects that ever were. */
final class BoundedStateTest {
  private static final int DAYS = 4;
  private static final int NEW_SUBJECTS = 5;

  private record Size(int trackedEntries, int tracked, int aggregatedEntries, int aggregated) {
    static Size of(MetricsPipeline pipeline) throws Exception {
      return new Size(
          pipeline.track().stateEntries(),
          pipeline.track().timers(),
          pipeline.aggregate().stateEntries(),
          pipeline.aggregate().timers());
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void stateOfEachDayIsThatOfTheDayBefore(Backend backend) throws Exception {
    List<Size> byHour = new ArrayList<>();
    try (MetricsPipeline pipeline = new MetricsPipeline(ShortLives.config(), backend)) {
      long hour = TestEvents.NOON;
      for (int i = 0; i < 24 * DAYS; i++, hour += ShortLives.HOUR) {
        for (int j = 0; j < NEW_SUBJECTS; j++) {
          String user = "u" + i + "-" + j;
          long first = hour + j * ShortLives.MINUTE;
          pipeline.process(
              CanonicalEvents.viewed(user, first),
              CanonicalEvents.viewed(user, first + 10 * ShortLives.MINUTE),
              CanonicalEvents.viewed(user, first - 45 * ShortLives.MINUTE));
        }
        pipeline.watermark(hour);
        pipeline.rows();
        byHour.add(Size.of(pipeline));
      }
      int settled = (int) (ShortLives.LIFE / ShortLives.HOUR);
      assertThat(byHour.get(settled).trackedEntries).isGreaterThan(5 * NEW_SUBJECTS);
      assertThat(byHour.get(settled).aggregatedEntries).isGreaterThan(2 * NEW_SUBJECTS);
      for (int i = settled; i + 24 < byHour.size(); i++) {
        assertThat(byHour.get(i + 24)).as("hour %d", i).isEqualTo(byHour.get(i));
      }
      pipeline.watermark(hour + ShortLives.LIFE);
      pipeline.track().assertNothingLeft();
      pipeline.aggregate().assertNothingLeft();
    }
  }
}
