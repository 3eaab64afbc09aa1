package dev.thalweg.cli.trial;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.thalweg.cli.RealData;
import dev.thalweg.cli.input.InputFile;
import dev.thalweg.cli.mapping.MappingFile;
import dev.thalweg.cli.produce.RecordOrder;
import dev.thalweg.cli.record.OutgoingRecord;
import dev.thalweg.jobs.ingest.IngestConfig;
import dev.thalweg.jobs.metrics.MetricsFile;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.metrics.EventSelector;
import dev.thalweg.operators.metrics.FunnelDefinition;
import dev.thalweg.operators.metrics.MetricDefinition;
import dev.thalweg.operators.metrics.MetricKind;
import dev.thalweg.operators.metrics.MetricsConfig;
import dev.thalweg.operators.metrics.RetentionDefinition;
import dev.thalweg.operators.metrics.SessionDefinition;
import dev.thalweg.operators.metrics.ViewRow;
import dev.thalweg.operators.metrics.WindowSpec;
import dev.thalweg.schemas.ContractCatalog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Views over real logs, equal to answers computed without this project. */
final class RealDataViewsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ContractCatalog CATALOG = ContractCatalog.fromClassPath();
  private static final Instant ARRIVAL = Instant.parse("2026-11-01T00:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration ALL_TIME = Duration.ofDays(3660);

  /** Three times the standard error of 1.6 %. */
  private static final Percentage ABOUT = Percentage.withPercentage(4.8);

  private static final WindowSpec.Tumbling DAILY = new WindowSpec.Tumbling(DAY);

  @TempDir private Path work;

  private static EventSelector of(String... eventTypes) {
    return new EventSelector(Set.of(eventTypes), "");
  }

  private static MetricDefinition metric(
      String name,
      MetricKind kind,
      EventSelector events,
      String of,
      Duration window,
      String... by) {
    return new MetricDefinition(
        name, kind, events, of, List.of(by), new WindowSpec.Tumbling(window), false, 0, null);
  }

  private static MetricDefinition users(Duration window) {
    return metric("users", MetricKind.UNIQUE, EventSelector.ALL, "", window);
  }

  private static MetricDefinition approximate(MetricDefinition exact) {
    return new MetricDefinition(
        exact.name() + "_about",
        exact.kind(),
        exact.events(),
        exact.of(),
        exact.by(),
        exact.window(),
        true,
        0,
        null);
  }

  private static MetricsConfig config(
      Duration lateness,
      List<MetricDefinition> metrics,
      List<FunnelDefinition> funnels,
      List<RetentionDefinition> retention) {
    return new MetricsConfig(
        lateness,
        Duration.ofSeconds(1),
        ZoneOffset.UTC,
        Duration.ofDays(730),
        metrics,
        new SessionDefinition(Duration.ofMinutes(30)),
        funnels,
        retention);
  }

  private TrialViews views(
      String data, String mapping, RecordOrder order, long seed, MetricsConfig metrics)
      throws Exception {
    Path directory = Files.createTempDirectory(work, "trial");
    TrialResult ingested = ingest(data, mapping, order, seed, directory);
    return new MetricsTrial(ContractCatalog::fromClassPath, metrics, directory).run(ingested);
  }

  private static TrialResult ingest(
      String data, String mapping, RecordOrder order, long seed, Path directory) throws Exception {
    Path base = RealData.root().resolve("flink-conf/jobs/ingest.yaml");
    Path file = RealData.root().resolve("flink-conf/mappings").resolve(mapping);
    IngestConfig ingest = IngestConfig.load("--base", base.toString());
    try (InputFile events =
        InputFile.open(RealData.file(data), Optional.of(MappingFile.read(file)), CATALOG)) {
      Iterator<OutgoingRecord> ordered = order.arrange(events, CATALOG, seed);
      return new Trial(ingest, directory, ARRIVAL).run(ordered, Collections.emptyIterator(), 0);
    }
  }

  private static MetricsConfig shop(Duration lateness) {
    MetricDefinition users = users(Duration.ofHours(1));
    return config(
        lateness,
        List.of(
            metric(
                "events",
                MetricKind.COUNT,
                EventSelector.ALL,
                "",
                Duration.ofMinutes(10),
                "event_type"),
            users,
            approximate(users),
            metric("revenue", MetricKind.SUM, of("order_placed"), "amount_cents", DAY)),
        List.of(
            new FunnelDefinition(
                "purchase",
                DAY,
                DAILY,
                List.of(
                    new FunnelDefinition.Step("view", of("product_viewed")),
                    new FunnelDefinition.Step("cart", of("cart_added")),
                    new FunnelDefinition.Step("order", of("order_placed"))))),
        List.of());
  }

  @ParameterizedTest
  @CsvSource({"file, 1", "shuffle, 1"})
  void shopLogInAnyOrder(String order, long seed) throws Exception {
    JsonNode expected = JSON.readTree(RealData.file("rees46/expected-views.json").toFile());

    TrialViews views =
        views(
            "rees46/events.csv",
            "rees46.yaml",
            RecordOrder.of(order),
            seed,
            shop(Duration.ofHours(48)));

    assertThat(views.late()).isZero();
    assertThat(values(views, "events", "event_type"))
        .isEqualTo(numbers(expected, "events_per_10min"));
    assertThat(values(views, "users", "")).isEqualTo(numbers(expected, "users_per_hour"));
    Map<String, Double> about = values(views, "users_about", "");
    assertThat(about).containsOnlyKeys(numbers(expected, "users_per_hour").keySet());
    about.forEach(
        (hour, users) -> {
          double exact = expected.get("users_per_hour").get(hour).asDouble();
          assertThat(users).isCloseTo(exact, ABOUT);
        });
    assertThat(values(views, "revenue", "").values())
        .containsExactly(expected.get("revenue_cents").asDouble());
    assertThat(views.sessions()).hasSize(expected.get("sessions_gap_gt_30min").asInt());
    assertThat(views.sessions().stream().mapToLong(ViewRow.SessionRow::events).sum())
        .isEqualTo(expected.get("accepted").asLong());
    assertThat(views.sessions().stream().map(ViewRow.SessionRow::subject).distinct())
        .hasSize(expected.get("users").asInt());
    assertThat(views.funnels().stream().map(ViewRow.FunnelRow::users).toList())
        .isEqualTo(JSON.convertValue(expected.get("funnel_view_cart_order_users"), longs()));
  }

  @Test
  void shippedMetricsOverShopLog() throws Exception {
    JsonNode expected = JSON.readTree(RealData.file("rees46/expected-views.json").toFile());
    Path shipped = RealData.root().resolve("flink-conf/jobs/metrics.yaml");
    MetricsConfig metrics = MetricsFile.read(shipped, CATALOG);
    TrialViews views =
        views("rees46/events.csv", "rees46.yaml", RecordOrder.of("file"), 1, metrics);

    Map<String, Double> events = numbers(expected, "events_per_10min");
    assertThat(values(views, "events_per_10min", "event_type")).isEqualTo(events);
    assertThat(values(views, "users_per_hour", "")).isEqualTo(numbers(expected, "users_per_hour"));
    assertThat(
            views.metricValues().stream()
                .filter(row -> row.metric().equals("revenue"))
                .filter(row -> row.windowEnd() - row.windowStart() == DAY.toMillis())
                .map(ViewRow.MetricValue::value))
        .as("revenue of the whole day")
        .containsExactly(expected.get("revenue_cents").asDouble());
    double viewed =
        events.entrySet().stream()
            .filter(row -> row.getKey().endsWith(" product_viewed"))
            .mapToDouble(Map.Entry::getValue)
            .sum();
    assertThat(
            views.metricValues().stream()
                .filter(row -> row.metric().equals("views_last_hour"))
                .mapToDouble(ViewRow.MetricValue::value)
                .sum())
        .as("each view counts in the twelve windows that hold it")
        .isEqualTo(12 * viewed);
    assertThat(views.sessions()).hasSize(expected.get("sessions_gap_gt_30min").asInt());
    assertThat(views.funnels().stream().map(ViewRow.FunnelRow::users).toList())
        .isEqualTo(JSON.convertValue(expected.get("funnel_view_cart_order_users"), longs()));
  }

  /** All rows, with their versions; the shop has none of retention. */
  private static List<ViewRow> rows(TrialViews views) {
    List<ViewRow> rows = new ArrayList<>(views.metricValues());
    rows.addAll(views.sessions());
    rows.addAll(views.funnels());
    return rows;
  }

  @Test
  void shopLogInTwentyOrders() throws Exception {
    Path directory = Files.createTempDirectory(work, "trial");
    TrialResult ingested =
        ingest("rees46/events.csv", "rees46.yaml", RecordOrder.of("file"), 1, directory);
    MetricsTrial metrics =
        new MetricsTrial(ContractCatalog::fromClassPath, shop(Duration.ofHours(48)), directory);
    List<ViewRow> expected = rows(metrics.run(ingested));
    List<RawRecord> events = ingested.accepted().read();
    assertThat(events).hasSize(8580);
    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(events, new Random(seed));
      TrialResult shuffled;
      try (RecordSpool spool = new RecordSpool(directory.resolve("shuffled"))) {
        for (RawRecord event : events) {
          spool.add(event);
        }
        shuffled = new TrialResult(List.of(), Map.of(), 0, List.of(), List.of(), spool);
      }
      assertThat(rows(metrics.run(shuffled))).as("seed %d", seed).isEqualTo(expected);
    }
  }

  private static com.fasterxml.jackson.databind.JavaType longs() {
    return JSON.getTypeFactory().constructCollectionType(List.class, Long.class);
  }

  /** The values of a metric by the beginning of their window, and a dimension if there is one. */
  private static Map<String, Double> values(TrialViews views, String metric, String dimension) {
    return views.metricValues().stream()
        .filter(row -> row.metric().equals(metric))
        .collect(
            Collectors.toMap(
                row -> Instant.ofEpochMilli(row.windowStart()) + dimension(row, dimension),
                ViewRow.MetricValue::value,
                (a, b) -> {
                  throw new AssertionError("two rows of one key");
                },
                TreeMap::new));
  }

  private static String dimension(ViewRow.MetricValue row, String name) {
    try {
      return name.isEmpty() ? "" : " " + JSON.readTree(row.dimensions()).get(name).asText();
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(row.dimensions(), e);
    }
  }

  private static Map<String, Double> numbers(JsonNode expected, String name) {
    Map<String, Double> numbers = new TreeMap<>();
    expected
        .get(name)
        .fields()
        .forEachRemaining(e -> numbers.put(e.getKey(), e.getValue().asDouble()));
    return numbers;
  }

  private static RetentionDefinition buyers(
      String name, RetentionDefinition.Cohort cohort, String... periods) {
    return new RetentionDefinition(
        name,
        of("order_placed"),
        cohort,
        Arrays.stream(periods).map(RetentionDefinition.Period::parse).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-time", "file"})
  void purchasesOfEighteenMonths(String order) throws Exception {
    JsonNode expected = JSON.readTree(RealData.file("cdnow/expected.json").toFile());
    String[] months = IntStream.rangeClosed(0, 17).mapToObj(i -> "M" + i).toArray(String[]::new);
    String[] days = {"D1", "D7", "D14", "D28", "D30", "D1+", "D7+", "D14+", "D28+", "D30+"};
    MetricsConfig metrics =
        config(
            Duration.ofDays(600),
            List.of(
                metric("orders", MetricKind.COUNT, of("order_placed"), "", DAY),
                approximate(users(ALL_TIME)),
                metric("discs", MetricKind.SUM, of("order_placed"), "quantity", DAY),
                metric("revenue", MetricKind.SUM, of("order_placed"), "amount_cents", DAY)),
            List.of(),
            List.of(
                buyers("by_day", RetentionDefinition.Cohort.DAY, days),
                buyers("by_month", RetentionDefinition.Cohort.MONTH, months)));

    TrialViews views =
        views("cdnow/purchases.csv", "cdnow.yaml", RecordOrder.of(order), 1, metrics);

    assertThat(views.late()).isZero();
    assertThat(sum(views, "orders")).isEqualTo(expected.get("rows").asDouble());
    assertThat(sum(views, "users_about")).isCloseTo(expected.get("customers").asDouble(), ABOUT);
    assertThat(sum(views, "discs")).isEqualTo(expected.get("cds").asDouble());
    assertThat(sum(views, "revenue")).isEqualTo(expected.get("revenue_cents").asDouble());
    Purchases purchases = Purchases.read(RealData.file("cdnow/purchases.csv"));
    assertThat(values(views, "orders", "")).isEqualTo(purchases.rowsByDay());
    assertThat(values(views, "discs", "")).isEqualTo(purchases.discsByDay());
    assertThat(values(views, "revenue", "")).isEqualTo(purchases.centsByDay());
    assertThat(cohorts(views, "by_day", days)).isEqualTo(purchases.customersByFirstDay());
    assertThat(cohorts(views, "by_month", months)).isEqualTo(purchases.customersByFirstMonth());
    expected
        .get("rows_per_day_first_10")
        .fields()
        .forEachRemaining(
            day -> {
              LocalDate date = LocalDate.parse(day.getKey(), DateTimeFormatter.BASIC_ISO_DATE);
              assertThat(purchases.rowsByDay())
                  .containsEntry(date + "T00:00:00Z", day.getValue().asDouble());
            });
    Map<String, Double> retained = new TreeMap<>(numbers(expected, "retention_day_exact"));
    retained.putAll(numbers(expected, "retention_day_on_or_after"));
    assertThat(retained(views, "by_day")).isEqualTo(retained);
    assertMonths(views, expected.get("monthly_cohort_active_customers"));
  }

  /** Users of each cohort, which is the same in all of its periods. */
  private static Map<LocalDate, Long> cohorts(TrialViews views, String name, String... periods) {
    Map<LocalDate, Long> users = new TreeMap<>();
    Map<LocalDate, Set<String>> found = new TreeMap<>();
    for (ViewRow.RetentionRow row : views.retention()) {
      if (row.name().equals(name)) {
        LocalDate cohort = LocalDate.ofEpochDay(row.cohortStart());
        assertThat(users.merge(cohort, row.cohortUsers(), (a, b) -> b))
            .isEqualTo(row.cohortUsers());
        found.computeIfAbsent(cohort, c -> new HashSet<>()).add(row.period());
      }
    }
    assertThat(found.values()).allMatch(of -> of.equals(Set.of(periods)));
    return users;
  }

  private static double sum(TrialViews views, String metric) {
    return values(views, metric, "").values().stream().mapToDouble(v -> v).sum();
  }

  /** Users retained in each period, all cohorts together. */
  private static Map<String, Double> retained(TrialViews views, String name) {
    return views.retention().stream()
        .filter(row -> row.name().equals(name))
        .collect(
            Collectors.groupingBy(
                ViewRow.RetentionRow::period,
                TreeMap::new,
                Collectors.summingDouble(ViewRow.RetentionRow::retainedUsers)));
  }

  private static void assertMonths(TrialViews views, JsonNode cohorts) {
    cohorts
        .fields()
        .forEachRemaining(
            cohort ->
                cohort
                    .getValue()
                    .fields()
                    .forEachRemaining(
                        month ->
                            assertThat(month(views, cohort.getKey(), "M" + month.getKey()))
                                .as("%s M%s", cohort.getKey(), month.getKey())
                                .isEqualTo(month.getValue().asLong())));
  }

  private static long month(TrialViews views, String cohort, String period) {
    long start = LocalDate.parse(cohort + "-01").toEpochDay();
    return views.retention().stream()
        .filter(row -> row.name().equals("by_month") && row.cohortStart() == start)
        .filter(row -> row.period().equals(period))
        .mapToLong(ViewRow.RetentionRow::retainedUsers)
        .sum();
  }

  @ParameterizedTest
  @ValueSource(strings = {"shuffle", "file"})
  void homepageFunnel(String order) throws Exception {
    JsonNode expected =
        JSON.readTree(RealData.file("audacity/expected.json").toFile()).get("homepage_view_click");
    FunnelDefinition funnel =
        new FunnelDefinition(
            "click",
            Duration.ofDays(200),
            new WindowSpec.Tumbling(ALL_TIME),
            List.of(
                new FunnelDefinition.Step("view", of("page_viewed")),
                new FunnelDefinition.Step("click", of("goal_reached"))));
    TrialViews views =
        views(
            "audacity/homepage_actions.csv",
            "audacity-homepage.yaml",
            RecordOrder.of(order),
            7,
            config(
                Duration.ofDays(400),
                List.of(approximate(users(ALL_TIME))),
                List.of(funnel),
                List.of()));
    assertThat(sum(views, "users_about")).isCloseTo(expected.get("users").asDouble(), ABOUT);
    JsonNode anyTime = expected.get("attributed").get("any_time");
    assertThat(views.funnels().stream().map(ViewRow.FunnelRow::users))
        .containsExactly(
            expected.get("users").asLong(),
            anyTime.get("control").get("conversions").asLong()
                + anyTime.get("treatment").get("conversions").asLong());
  }
}
