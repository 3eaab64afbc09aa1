package dev.thalweg.operators.metrics;

import dev.thalweg.operators.metrics.SubjectHits.FunnelHit;
import dev.thalweg.operators.metrics.SubjectHits.UniqueHit;
import dev.thalweg.operators.metrics.ViewRow.FunnelRow;
import dev.thalweg.operators.metrics.ViewRow.MetricValue;
import dev.thalweg.operators.metrics.ViewRow.RetentionRow;
import dev.thalweg.operators.metrics.ViewRow.SessionRow;
import dev.thalweg.operators.metrics.ViewRow.SessionValue;
import dev.thalweg.operators.metrics.aggregate.Counts;
import dev.thalweg.operators.metrics.aggregate.Extreme;
import dev.thalweg.operators.metrics.aggregate.Quantiles;
import dev.thalweg.operators.metrics.aggregate.Ratio;
import dev.thalweg.operators.metrics.aggregate.Sum;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Serializers of this package, and what to try them on. */
public final class MetricsSamples {
  private MetricsSamples() {}

  /** A serializer and a list of values each. */
  public static Stream<Arguments> values() {
    Session one = Session.of(Long.MIN_VALUE, "größer");
    Session more = one.with(Session.of(7, "page_viewed")).with(Session.of(9, "page_viewed"));
    Moment moment = Moment.NONE.with(4, 3).with(1, 3).with(4, 3);
    return Stream.of(
        Arguments.of(
            new SubjectHitsSerializer(),
            List.of(
                new SubjectHits("", 0, "", "", List.of(), List.of(), List.of(), false),
                new SubjectHits(
                    "gerät-日本",
                    Long.MIN_VALUE,
                    "e",
                    "page_viewed",
                    List.of(new UniqueHit(0, "{}"), new UniqueHit(999, "{\"a\":null}")),
                    List.of(new FunnelHit(1, 2)),
                    List.of(5, 0),
                    true))),
        Arguments.of(new ContributionSerializer(), contributions()),
        Arguments.of(
            new ViewRowSerializer(),
            List.of(
                new MetricValue("m", "{}", -1, 1, null, 3, 4),
                new MetricValue("m", "{\"c\":\"ß\"}", -1, 1, -0.5, 3, 4),
                new SessionValue(new MetricValue("m", "{}", -1, 1, 2.0, 3, 4), false),
                new SessionValue(new MetricValue("m", "{}", -1, -1, null, 0, 4), true),
                new SessionRow("u", 1, 2, 3, "{}", false, 4),
                new SessionRow("u", 1, 1, 0, "{}", true, 5),
                new FunnelRow("f", 1, 2, "view", 3, 4),
                new RetentionRow("r", -1, "D7+", 3, 2, 4))),
        Arguments.of(
            new TrackKeySerializer(),
            List.of(
                new TrackKey(TrackKey.Kind.SESSION, "", "", Long.MIN_VALUE),
                new TrackKey(TrackKey.Kind.UNIQUE, "m", "{\"c\":\"ß\"}", 5))),
        Arguments.of(
            new SessionChunkSerializer(),
            List.of(
                Chunk.<Session>empty(),
                Chunk.<Session>empty().with(one.start(), one).with(7, more))),
        Arguments.of(
            new MomentChunkSerializer(),
            List.of(
                Chunk.<Moment>empty(), Chunk.<Moment>empty().with(7, moment).with(-7, moment))));
  }

  private static List<Contribution> contributions() {
    Sum sum = new Sum();
    sum.add(0.1);
    sum.add(1e300);
    Extreme extreme = new Extreme();
    extreme.add(-1);
    Quantiles quantiles = new Quantiles();
    quantiles.add(5);
    Ratio ratio = new Ratio();
    ratio.upper().add(1);
    ViewGroup group = new ViewGroup(ViewGroup.Kind.WINDOWS, "m", "{\"c\":\"ß\"}");
    return Stream.of(new Counts(3).add(1, -7), sum, extreme, quantiles, ratio)
        .map(aggregate -> new Contribution(group, -5, 5, aggregate, 2))
        .toList();
  }
}
