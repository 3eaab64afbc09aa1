package dev.thalweg.schemas.testkit;

import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.ContractField;
import java.util.Random;

/** Where {@link TestEvent}s come from. */
public final class TestEvents {
  /** The time of all events of {@link #of}: 2026-11-01T10:00:00Z. */
  public static final long TIME = 1_793_527_200_000L;

  private static final ContractCatalog CATALOG = ContractCatalog.fromClassPath();
  private static final long[] NUMBERS = {
    0, 1, -1, 63, 64, -64, -65, 127, 128, 8191, 8192, Integer.MAX_VALUE, Integer.MIN_VALUE
  };
  private static final long[] LARGE_NUMBERS = {
    Integer.MAX_VALUE + 1L, Integer.MIN_VALUE - 1L, 1L << 53, Long.MAX_VALUE, Long.MIN_VALUE
  };

  private TestEvents() {}

  /** The contracts that come with the library. */
  public static ContractCatalog catalog() {
    return CATALOG;
  }

  /** A correct event {@code e1} of user {@code u1} with the required attributes and no others. */
  public static TestEvent of(String eventType) {
    TestEvent event =
        new TestEvent(CATALOG.newest(eventType).orElseThrow())
            .with("event_id", "e1")
            .with("event_time", "2026-11-01T10:00:00Z")
            .with("user_id", "u1");
    return switch (eventType) {
      case "page_viewed" -> event.with("page", "/home");
      case "product_viewed", "cart_added" -> event.with("product_id", "p1");
      case "order_placed" -> event.with("amount_cents", 1299L);
      case "experiment_exposed" -> event.with("experiment", "checkout").with("variant", "control");
      case "goal_reached" -> event.with("goal", "purchase");
      default -> event;
    };
  }

  /** An event that fits the contract's types (its rules may be broken); doubles are finite. */
  public static TestEvent random(Contract contract, Random random) {
    TestEvent event = new TestEvent(contract);
    for (ContractField field : contract.fields()) {
      if (field.required() || random.nextInt(3) > 0) {
        event.with(field.name(), value(field, random));
      }
    }
    return event.get("user_id") == null && event.get("anonymous_id") == null
        ? event.with("anonymous_id", text(random))
        : event;
  }

  private static Object value(ContractField field, Random random) {
    return switch (field.type()) {
      case STRING -> text(random);
      case INT -> random.nextBoolean() ? random.nextInt() : (int) pick(NUMBERS, random);
      case LONG, TIMESTAMP -> whole(random);
      case FLOAT -> random.nextFloat();
      case DOUBLE -> decimal(random);
      case BOOLEAN -> random.nextBoolean();
      case BYTES -> bytes(random);
      case STRING_MAP -> throw new IllegalArgumentException(field.toString());
    };
  }

  private static byte[] bytes(Random random) {
    byte[] out = new byte[random.nextInt(20)];
    random.nextBytes(out);
    return out;
  }

  private static long whole(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextLong();
      case 1 -> random.nextLong() >> random.nextInt(64);
      case 2 -> pick(LARGE_NUMBERS, random);
      default -> pick(NUMBERS, random);
    };
  }

  private static double decimal(Random random) {
    double value =
        random.nextBoolean() ? random.nextGaussian() : Double.longBitsToDouble(random.nextLong());
    return Double.isFinite(value) ? value : -0.0;
  }

  private static long pick(long[] values, Random random) {
    return values[random.nextInt(values.length)];
  }

  /** Text of any Unicode characters (no half surrogate pairs), from empty to some hundred bytes. */
  public static String text(Random random) {
    int length = random.nextInt(5) == 0 ? random.nextInt(200) : random.nextInt(12);
    int kind = random.nextInt(3);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < length; i++) {
      int point =
          switch (kind) {
            case 0 -> ' ' + random.nextInt('~' - ' ' + 1);
            case 1 -> random.nextInt(0x800);
            default -> random.nextInt(Character.MAX_CODE_POINT + 1);
          };
      out.appendCodePoint(isSurrogate(point) ? 'x' : point);
    }
    return out.toString();
  }

  private static boolean isSurrogate(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }
}
