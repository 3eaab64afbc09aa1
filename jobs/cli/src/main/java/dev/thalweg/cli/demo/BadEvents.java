package dev.thalweg.cli.demo;

import dev.thalweg.schemas.Failure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Makes events that must be refused, each for one reason, all kinds in turn. */
final class BadEvents {

  private static final int LARGER_THAN_ALLOWED = (1 << 20) + 1;
  private static final int DEEPER_THAN_ALLOWED = 1_200;
  private static final int UNKEYED_EACH = 3;
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final long IN_1980 = Instant.parse("1980-01-01T00:00:00Z").toEpochMilli();

  /** One way to be bad. */
  private record Kind(Failure failure, String eventType, Maker maker) {}

  /** Makes the bytes. */
  private interface Maker {
    byte[] make(Visitor visitor, long time);
  }

  private final long now;
  private final Ids ids;
  private final SplittableRandom random;
  private final Draft draft;
  private final JsonDrafts json = new JsonDrafts();
  private final AvroDrafts avro = new AvroDrafts();
  private final List<Kind> kinds;
  private int turn;

  BadEvents(long now, Draft draft, Ids ids, SplittableRandom random) {
    this.now = now;
    this.draft = draft;
    this.ids = ids;
    this.random = random;
    this.kinds =
        List.of(
            new Kind(Failure.UNREADABLE, null, this::truncated),
            new Kind(Failure.UNKNOWN_CONTRACT, null, (v, t) -> retyped(v, t, "\"page_closed\"")),
            new Kind(Failure.SCHEMA_VIOLATION, "order_placed", this::amountInWords),
            new Kind(Failure.TIME_VIOLATION, "goal_reached", this::fromTheFuture),
            new Kind(Failure.RULE_VIOLATION, "order_placed", this::negativeAmount),
            new Kind(Failure.UNREADABLE, null, this::notANumber),
            new Kind(Failure.UNKNOWN_VERSION, null, this::unknownVersion),
            new Kind(Failure.SCHEMA_VIOLATION, "page_viewed", this::withoutPage),
            new Kind(Failure.RULE_VIOLATION, "product_viewed", this::freeProduct),
            new Kind(Failure.UNREADABLE, null, this::duplicateKey),
            new Kind(Failure.TIME_VIOLATION, "page_viewed", this::fromThePast),
            new Kind(Failure.UNKNOWN_VERSION, null, this::unknownFingerprint),
            new Kind(Failure.SCHEMA_VIOLATION, "app_opened", this::ofNobody),
            new Kind(Failure.RULE_VIOLATION, "app_opened", this::emptyEventId),
            new Kind(Failure.UNREADABLE, null, this::randomBytes),
            new Kind(Failure.UNKNOWN_CONTRACT, null, (v, t) -> retyped(v, t, "null")),
            new Kind(Failure.RULE_VIOLATION, "goal_reached", this::notANumberInAvro),
            new Kind(Failure.SCHEMA_VIOLATION, "page_viewed", this::timeInWords),
            new Kind(Failure.UNREADABLE, null, this::tooDeep),
            new Kind(Failure.RULE_VIOLATION, "cart_added", this::nothingAdded));
  }

  DemoRecord next(Visitor visitor, long time) {
    Kind kind = kinds.get(turn++ % kinds.size());
    byte[] value = kind.maker().make(visitor, time);
    byte[] key = turn % UNKEYED_EACH == 0 ? null : key(visitor);
    return DemoRecord.bad(key, value, time, kind.failure(), kind.eventType());
  }

  /** A large one, which is not among the kinds in turn as it costs a thousand others. */
  DemoRecord tooLarge(Visitor visitor, long time) {
    page(visitor, time).set("page", "x".repeat(LARGER_THAN_ALLOWED + random.nextInt(4_096)));
    byte[] value = json.encode(draft, false);
    return DemoRecord.bad(key(visitor), value, time, Failure.SIZE_VIOLATION, null);
  }

  private static byte[] key(Visitor visitor) {
    return visitor.subject().getBytes(StandardCharsets.UTF_8);
  }

  private Draft begin(String eventType, Visitor visitor, long time) {
    draft.begin(eventType, ids.next(), time).set("user_id", visitor.userId());
    return draft.set("anonymous_id", visitor.anonymousId()).set("source", "bad");
  }

  private Draft page(Visitor visitor, long time) {
    return begin("page_viewed", visitor, time).set("page", "/");
  }

  private Draft goal(Visitor visitor, long time) {
    return begin("goal_reached", visitor, time).set("goal", "purchase");
  }

  private byte[] truncated(Visitor visitor, long time) {
    byte[] whole = json.encode(page(visitor, time), true);
    return Arrays.copyOf(whole, 1 + random.nextInt(whole.length - 1));
  }

  private byte[] notANumber(Visitor visitor, long time) {
    return json.encode(goal(visitor, time), false, ",\"value\":NaN");
  }

  private byte[] duplicateKey(Visitor visitor, long time) {
    return json.encode(page(visitor, time), false, ",\"page\":\"/twice\"");
  }

  private byte[] randomBytes(Visitor visitor, long time) {
    byte[] bytes = new byte[16 + random.nextInt(64)];
    random.nextBytes(bytes);
    bytes[0] = (byte) 0xFF;
    return bytes;
  }

  private byte[] tooDeep(Visitor visitor, long time) {
    String nested = "[".repeat(DEEPER_THAN_ALLOWED) + "]".repeat(DEEPER_THAN_ALLOWED);
    return json.encode(page(visitor, time), false, ",\"nested\":" + nested);
  }

  private byte[] retyped(Visitor visitor, long time, String type) {
    String event = new String(json.encode(page(visitor, time), true), StandardCharsets.UTF_8);
    return event.replace("\"page_viewed\"", type).getBytes(StandardCharsets.UTF_8);
  }

  private byte[] unknownVersion(Visitor visitor, long time) {
    return json.encode(page(visitor, time), true, ",\"contract_version\":99");
  }

  private byte[] unknownFingerprint(Visitor visitor, long time) {
    return avro.encode(page(visitor, time), random.nextLong());
  }

  private byte[] withoutPage(Visitor visitor, long time) {
    return json.encode(page(visitor, time).set("page", null), true);
  }

  private byte[] amountInWords(Visitor visitor, long time) {
    return json.encode(begin("order_placed", visitor, time).set("amount_cents", "twelve"), false);
  }

  private byte[] timeInWords(Visitor visitor, long time) {
    return json.encode(page(visitor, time).set("event_time", "yesterday"), true);
  }

  private byte[] ofNobody(Visitor visitor, long time) {
    begin("app_opened", visitor, time).set("user_id", null).set("anonymous_id", null);
    return random.nextBoolean() ? avro.encode(draft) : json.encode(draft, true);
  }

  private byte[] fromTheFuture(Visitor visitor, long time) {
    return json.encode(goal(visitor, now + DAY * (2 + random.nextInt(30))), true);
  }

  private byte[] fromThePast(Visitor visitor, long time) {
    return avro.encode(page(visitor, IN_1980 + DAY * random.nextInt(3_000)));
  }

  private byte[] negativeAmount(Visitor visitor, long time) {
    long amount = -1 - random.nextInt(10_000);
    return json.encode(begin("order_placed", visitor, time).set("amount_cents", amount), false);
  }

  private byte[] freeProduct(Visitor visitor, long time) {
    begin("product_viewed", visitor, time).set("product_id", "p1000").set("price_cents", 0L);
    return avro.encode(draft);
  }

  private byte[] emptyEventId(Visitor visitor, long time) {
    return json.encode(begin("app_opened", visitor, time).set("event_id", ""), true);
  }

  private byte[] notANumberInAvro(Visitor visitor, long time) {
    return avro.encode(goal(visitor, time).set("value", Double.NaN));
  }

  private byte[] nothingAdded(Visitor visitor, long time) {
    begin("cart_added", visitor, time).set("product_id", "p1000").set("quantity", 0);
    return json.encode(draft, true);
  }
}
