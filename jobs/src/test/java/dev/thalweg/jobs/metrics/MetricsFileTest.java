package dev.thalweg.jobs.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.thalweg.jobs.config.ConfigException;
import dev.thalweg.jobs.testkit.Repository;
import dev.thalweg.operators.metrics.EventSelector;
import dev.thalweg.operators.metrics.FunnelDefinition;
import dev.thalweg.operators.metrics.MetricDefinition;
import dev.thalweg.operators.metrics.MetricDefinition.Denominator;
import dev.thalweg.operators.metrics.MetricKind;
import dev.thalweg.operators.metrics.MetricsConfig;
import dev.thalweg.operators.metrics.RetentionDefinition.Cohort;
import dev.thalweg.operators.metrics.RetentionDefinition.Period;
import dev.thalweg.operators.metrics.SessionDefinition;
import dev.thalweg.operators.metrics.WindowSpec;
import dev.thalweg.schemas.ContractCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be declared, and what is told of a mistake. */
final class MetricsFileTest {
  private static final ContractCatalog CATALOG = ContractCatalog.fromClassPath();
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir private Path directory;

  private Path file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(directory, "metrics", ".yaml"), text);
  }

  private MetricsConfig read(String text) throws IOException {
    return MetricsFile.read(file(text), CATALOG);
  }

  /** The mistakes, each without the file's name. */
  private List<String> mistakes(String text) throws IOException {
    Path file = file(text);
    ConfigException thrown =
        catchThrowableOfType(ConfigException.class, () -> MetricsFile.read(file, CATALOG));
    assertThat(thrown).as("no mistake was found").isNotNull();
    return thrown
        .getMessage()
        .lines()
        .map(
            line -> {
              assertThat(line).startsWith(file + ":");
              return line.substring(file.toString().length() + 1);
            })
        .toList();
  }

  private static MetricDefinition metric(
      String name, MetricKind kind, EventSelector events, String of, WindowSpec window) {
    return new MetricDefinition(name, kind, events, of, List.of(), window, false, 0, null);
  }

  @Test
  void readsWhatComesWithTheProduct() throws Exception {
    MetricsConfig config =
        MetricsFile.read(Repository.file("flink-conf/jobs/metrics.yaml"), CATALOG);
    assertThat(config.definitions())
        .extracting(MetricDefinition::name)
        .containsExactly("events_per_10min", "users_per_hour", "revenue", "views_last_hour");
    assertThat(config.definitions().get(2))
        .isEqualTo(
            new MetricDefinition(
                "revenue",
                MetricKind.SUM,
                new EventSelector(Set.of("order_placed"), "quantity < 100"),
                "amount_cents",
                List.of("currency"),
                new WindowSpec.Cumulating(DAY, Duration.ofMinutes(5)),
                false,
                0,
                null));
    assertThat(config.sessions()).contains(new SessionDefinition(Duration.ofMinutes(30)));
    assertThat(config.funnels())
        .singleElement()
        .satisfies(
            funnel -> {
              assertThat(funnel.within()).isEqualTo(DAY);
              assertThat(funnel.steps())
                  .extracting(FunnelDefinition.Step::name)
                  .containsExactly("view", "cart", "order");
            });
    assertThat(config.retention().get(0).periods())
        .extracting(Period::toString)
        .containsExactly("D1", "D7", "D30", "D7+");
    assertThat(InstantiationUtil.clone(config)).isEqualTo(config);
  }

  @Test
  void readsEveryKind() throws IOException {
    MetricsConfig config =
        read(
            """
            metrics:
              lateness: 600d
              emit: 500ms
              timezone: Europe/Vienna
              retention-horizon: 60d
              definitions:
                - {name: a, kind: mean, events: [order_placed], of: amount_cents, window: {tumbling: 1h}}
                - {name: b, kind: min, events: [goal_reached], of: value, window: {tumbling: 7d}}
                - {name: c, kind: max, events: all, of: quantity, window: {sliding: 1h, every: 5m}}
                - {name: d, kind: quantile, quantile: 0.95, events: [order_placed], of: amount_cents, window: {tumbling: 5s}}
                - {name: e, kind: unique, events: all, of: session_id, approximate: true, by: [source, page], window: {tumbling: 1d}}
                - name: f
                  kind: ratio
                  events: [order_placed]
                  window: {tumbling: 1d}
                  per: {events: [product_viewed], where: "price_cents > 5 && source == 'web'"}
                - {name: g, kind: ratio, events: [order_placed], of: amount_cents, per: {events: all, of: quantity}, window: {tumbling: 1d}}
                - {name: s, kind: count, events: all, by: [user_id], window: {session: 20m}}
              sessions: {gap: 45m}
              retention:
                - {name: w, events: all, where: "event_type != 'app_opened'", cohort: 1w, periods: [W1, M2, D0]}
            """);
    assertThat(config.lateness()).isEqualTo(Duration.ofDays(600));
    assertThat(config.emit()).isEqualTo(Duration.ofMillis(500));
    assertThat(config.zone()).isEqualTo(ZoneId.of("Europe/Vienna"));
    assertThat(config.retentionHorizon()).isEqualTo(Duration.ofDays(60));
    EventSelector orders = new EventSelector(Set.of("order_placed"), "");
    assertThat(config.definitions().get(0))
        .isEqualTo(
            metric("a", MetricKind.MEAN, orders, "amount_cents", new WindowSpec.Tumbling(HOUR)));
    assertThat(config.definitions().get(1).window())
        .isEqualTo(new WindowSpec.Tumbling(Duration.ofDays(7)));
    assertThat(config.definitions().get(2))
        .isEqualTo(
            metric(
                "c",
                MetricKind.MAX,
                EventSelector.ALL,
                "quantity",
                new WindowSpec.Sliding(HOUR, Duration.ofMinutes(5))));
    assertThat(config.definitions().get(3).quantile()).isEqualTo(0.95);
    assertThat(config.definitions().get(4).approximate()).isTrue();
    assertThat(config.definitions().get(4).by()).containsExactly("source", "page");
    assertThat(config.definitions().get(5).denominator())
        .contains(
            new Denominator(
                new EventSelector(Set.of("product_viewed"), "price_cents > 5 && source == 'web'"),
                ""));
    assertThat(config.definitions().get(6).denominator())
        .contains(new Denominator(EventSelector.ALL, "quantity"));
    assertThat(config.definitions().get(7).window())
        .isEqualTo(new WindowSpec.Session(Duration.ofMinutes(20)));
    assertThat(config.sessions()).contains(new SessionDefinition(Duration.ofMinutes(45)));
    assertThat(config.retention().get(0).cohort()).isEqualTo(Cohort.WEEK);
    assertThat(config.funnels()).isEmpty();
  }

  @Test
  void hasDefaults() throws IOException {
    MetricsConfig config = read("metrics: {}");
    assertThat(config)
        .isEqualTo(
            new MetricsConfig(
                Duration.ofHours(48),
                Duration.ofSeconds(5),
                ZoneId.of("UTC"),
                Duration.ofDays(730),
                List.of(),
                null,
                List.of(),
                List.of()));
    assertThat(config.zone()).isNotEqualTo(ZoneOffset.UTC);
    assertThat(read("metrics: {sessions: {}}").sessions())
        .contains(new SessionDefinition(Duration.ofMinutes(30)));
    assertThat(read("metrics:\n  sessions:\n  funnels:\n").sessions()).isEmpty();
  }

  private static final String MISTAKEN =
      """
                metrics:
                  lateness: 2
                  emit: 1ms
                  timezone: Mars/North
                  retention-horizon: 20d
                  latenes: 3h
                  definitions:
                    - {name: Bad-Name, kind: count, events: all, window: {tumbling: 10m}}
                    - {name: a, kind: cuont, events: [order_plced], window: {tumbling: 10m}}
                    - {name: a, kind: count, events: all, window: {tumbling: 7m}}
                    - {name: b, kind: sum, events: [order_placed], of: amount, window: {tumbling: 1h}}
                    - {name: c, kind: sum, events: [order_placed], of: currency, window: {tumbling: 1h}}
                    - {name: d, kind: sum, events: [order_placed], window: {tumbling: 1h}}
                    - {name: e, kind: count, events: [page_viewed], by: [pgae, event_type, event_type], window: {tumbling: 1h}}
                    - {name: f, kind: count, events: all, where: "nothing > 1", window: {tumbling: 1h}}
                    - {name: g, kind: count, events: [page_viewed], where: "quantity < 100", window: {tumbling: 1h}}
                    - {name: h, kind: count, events: [order_placed], where: "quantity < 'x'", window: {tumbling: 1h}}
                    - {name: i, kind: count, events: all, window: {tumbling: 10}}
                    - {name: j, kind: count, events: all, window: {sliding: 1h}}
                    - {name: k, kind: count, events: all, window: {sliding: 1h, every: 7m}}
                    - {name: l, kind: count, events: all, windw: {tumbling: 1h}}
                    - {name: m, kind: quantile, quantile: 95, events: [order_placed], of: amount_cents, window: {tumbling: 1h}}
                    - {name: n, kind: count, quantile: 0.5, approximate: maybe, events: everything, window: {tumbling: 1h}}
                    - {name: o, kind: ratio, events: all, window: {tumbling: 1h}}
                    - {name: p, kind: ratio, events: all, per: {of: quantity}, window: {tumbling: 1h}}
                    - {name: q, kind: count, events: all, window: {tumbling: 1h}}
                    - {name: q, kind: count, events: all, window: {tumbling: 1h}}
                    - just text
                  sessions: {gap: 90d}
                  funnels:
                    - {name: x, within: never, window: {sliding: 1d, every: 1h}, steps: [{name: s, events: all}]}
                    - {name: y, within: 1d, window: {tumbling: 1d}, steps: [{name: s, events: all}]}
                    - {name: z, within: 1d, window: {tumbling: 1d}, steps: []}
                  retention:
                    - {name: r, events: all, cohort: 2d, periods: [D1, X7]}
                    - {name: s, events: all, cohort: 1d, periods: [D1, M1, D1]}
                """;

  private static final List<String> MISTAKES =
      List.of(
          "6: metrics.latenes: no such option; did you mean metrics.lateness?",
          "2: metrics.lateness is '2': say the unit: a duration such as 500ms, 30s, 15min or 24h",
          "3: metrics.emit is '1ms': must be from 10ms to 1d",
          "4: metrics.timezone is 'Mars/North': use a zone such as UTC or Europe/Vienna",
          "8: metrics.definitions[0].name: 'Bad-Name' must be in snake_case, a letter first, at most 100 characters",
          "9: metrics.definitions[1].kind: 'cuont' must be one of count, sum, mean, min, max, quantile, unique, ratio; did you mean count?",
          "9: metrics.definitions[1].events[0]: 'order_plced' is no event type; there are: app_opened, cart_added, experiment_exposed, goal_reached, order_placed, page_viewed, product_viewed, user_signed_up; did you mean order_placed?",
          "10: metrics.definitions[2].window.tumbling: must be days, or a part that fits a day evenly, is PT7M",
          "11: metrics.definitions[3].of: 'amount' is no field of the selected events; there are: amount_cents, anonymous_id, correlation_id, currency, environment, event_id, event_time, order_id, producer_version, product_id, quantity, session_id, source, user_id",
          "12: metrics.definitions[4].of: 'currency' must be a number, is string",
          "13: metrics.definitions[5]: of: required for sum",
          "14: metrics.definitions[6].by[0]: 'pgae' is no field of the selected events; there are: anonymous_id, correlation_id, environment, event_id, event_time, page, producer_version, referrer, session_id, source, user_id; did you mean page?",
          "14: metrics.definitions[6].by[2]: 'event_type' stands twice",
          "15: metrics.definitions[7].where: 'nothing > 1' over app_opened does not compile: ERROR: <input>:1:1: undeclared reference to 'nothing' (in container '')",
          "16: metrics.definitions[8].where: 'quantity < 100' is never met: none of page_viewed has all of its fields",
          "17: metrics.definitions[9].where: 'quantity < 'x'' over order_placed does not compile: ERROR: <input>:1:10: found no matching overload for '_<_' applied to '(int, string)'",
          "18: metrics.definitions[10].window.tumbling: '10': say the unit: a duration such as 500ms, 30s, 15min or 24h",
          "19: metrics.definitions[11].window.every: is missing",
          "20: metrics.definitions[12].window.every: must be days, or a part that fits a day evenly, is PT7M",
          "21: metrics.definitions[13].window: is missing",
          "21: metrics.definitions[13].windw: unknown key; allowed: approximate, by, events, kind, name, of, per, quantile, where, window; did you mean window?",
          "22: metrics.definitions[14].quantile: must be between 0 and 1, is 95.0",
          "23: metrics.definitions[15].events: 'everything' must be all, or a list such as [app_opened]",
          "23: metrics.definitions[15].approximate: 'maybe' must be true or false",
          "23: metrics.definitions[15].quantile: only for kind quantile",
          "24: metrics.definitions[16]: per: what a ratio divides by, and for ratio only",
          "25: metrics.definitions[17].per.events: is missing",
          "27: metrics.definitions[19].name: 'q' stands in line 26 already",
          "28: metrics.definitions[20]: must be a map of keys and values",
          "29: metrics.sessions.gap: must be from 1ms to 30d, is PT2160H",
          "31: metrics.funnels[0].within: 'never': use a duration such as 500ms, 30s, 15min or 24h",
          "31: metrics.funnels[0].window: must be tumbling here, such as {tumbling: 1d}",
          "32: metrics.funnels[1].steps: from 2 to 20, are 1",
          "33: metrics.funnels[2].steps: must be a list with at least one entry",
          "35: metrics.retention[0].cohort: '2d' must be 1d, 1w or 1M",
          "35: metrics.retention[0].periods[1]: 'X7' must be such as D7, D7+, W2 or M1",
          "36: metrics.retention[1].periods[1]: 'M1' lies beyond retention-horizon, which is 20d",
          "36: metrics.retention[1].periods: one stands twice");

  @Test
  void tellsEveryMistakeWithItsLine() throws IOException {
    assertThat(mistakes(MISTAKEN)).containsExactlyElementsOf(MISTAKES);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "metrics: {definitions: 7} | 1: metrics.definitions: must be a list",
        "metrics: {definitions: {a: 1}} | 1: metrics.definitions: must be a list",
        "metrics: {sessions: []} | 1: metrics.sessions: must be a map of keys and values",
        "metrics: {sessions: {gap: [1]}} | 1: metrics.sessions.gap: must be a plain value",
        "metrics: 5 | 1: metrics: no such option; see the job's reference file in flink-conf/jobs",
        "metrics: {reporters: jmx} | 1: metrics.reporters: no such option; see the job's reference file in flink-conf/jobs",
      })
  void tellsWhatHasAnotherShape(String text, String mistake) throws IOException {
    assertThat(mistakes(text)).containsExactly(mistake);
  }

  @Test
  void thousandMetricsAreReadInSeconds() throws IOException {
    StringBuilder text = new StringBuilder("metrics:\n  definitions:\n");
    for (int i = 0; i < 1000; i++) {
      text.append(
          "    - {name: m%d, kind: count, events: all, where: \"source == 'a%d' || environment == 'b'\", window: {tumbling: 1h}}%n"
              .formatted(i, i));
    }
    long begin = System.nanoTime();
    assertThat(read(text.toString()).definitions()).hasSize(1000);
    // A second where nothing else runs; eight times that where each contract compiles anew.
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
  }
}
