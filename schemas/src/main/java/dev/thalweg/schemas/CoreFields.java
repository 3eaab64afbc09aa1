package dev.thalweg.schemas;

import java.util.List;

/** Positions of the fields that open every event contract, in this order. */
public final class CoreFields {
  /** Position of {@code event_id}. */
  public static final int EVENT_ID = 0;

  /** Position of {@code event_time}. */
  public static final int EVENT_TIME = 1;

  /** Position of {@code user_id}. */
  public static final int USER_ID = 2;

  /** Position of {@code anonymous_id}. */
  public static final int ANONYMOUS_ID = 3;

  /** Position of {@code correlation_id}. */
  public static final int CORRELATION_ID = 4;

  private static final String[] NAMES = {
    "event_id",
    "event_time",
    "user_id",
    "anonymous_id",
    "correlation_id",
    "source",
    "environment",
    "producer_version"
  };

  /** The type, {@code ?} where it is optional, the default where it has one. */
  private static final String[] TYPES = {
    "STRING",
    "TIMESTAMP",
    "STRING?",
    "STRING?",
    "STRING?",
    "STRING = unknown",
    "STRING = production",
    "STRING?"
  };

  private CoreFields() {}

  /** Throws unless the contract opens with the core fields, of the right types. */
  static void check(Contract contract) {
    for (int i = 0; i < NAMES.length; i++) {
      ContractField field = i < contract.fields().size() ? contract.fields().get(i) : null;
      String type = field == null ? "" : type(field);
      if (field == null || !field.name().equals(NAMES[i]) || !type.equals(TYPES[i])) {
        throw new ContractException(
            contract
                + ": field "
                + i
                + " must be "
                + NAMES[i]
                + " ("
                + TYPES[i]
                + "); put the core fields first, in their order");
      }
    }
  }

  private static String type(ContractField field) {
    return describe(field.type(), field.nullable(), field.hasDefault(), field.defaultValue());
  }

  /** The names, in the order in which they open every event contract. */
  public static List<String> names() {
    return List.of(NAMES);
  }

  /**
   * What a core field must be, in the words of {@link #describe}.
   *
   * @throws IndexOutOfBoundsException if there is no such position
   */
  public static String expected(int position) {
    return TYPES[position];
  }

  /** A field in words: the type, {@code ?} where it is optional, the default where it has one. */
  public static String describe(
      FieldType type, boolean nullable, boolean hasDefault, Object defaultValue) {
    return nullable ? type + "?" : type + (hasDefault ? " = " + defaultValue : "");
  }
}
