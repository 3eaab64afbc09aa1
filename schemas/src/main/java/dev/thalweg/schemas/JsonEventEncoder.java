package dev.thalweg.schemas;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Turns the attributes of a JSON object into the binary value of one contract. Not thread safe. */
final class JsonEventEncoder {
  private static final int ABSENT = -1;

  private final Contract contract;
  private final byte[][] defaults;
  private final int[] slots;
  private int unknownFields;
  private String firstUnknown;

  JsonEventEncoder(Contract contract) {
    this.contract = contract;
    int count = contract.fields().size();
    slots = new int[count];
    defaults = new byte[count][];
    for (ContractField field : contract.fields()) {
      defaults[field.position()] = field.hasDefault() ? FieldDefaults.encode(field) : null;
    }
  }

  /**
   * Appends the event to {@code out}.
   *
   * @return null, or what breaks the contract
   */
  String encode(JsonObjectReader object, AvroBuffer out) {
    assignSlots(object);
    for (ContractField field : contract.fields()) {
      String problem = encodeField(object, field, out);
      if (problem != null) {
        return field.name() + ": " + problem;
      }
    }
    return null;
  }

  private void assignSlots(JsonObjectReader object) {
    Arrays.fill(slots, ABSENT);
    unknownFields = 0;
    firstUnknown = null;
    for (int i = 0; i < object.count(); i++) {
      String name = object.name(i);
      ContractField field = contract.field(name);
      if (field != null) {
        slots[field.position()] = i;
      } else if (!name.equals(EventDecoder.EVENT_TYPE)
          && !name.equals(EventDecoder.CONTRACT_VERSION)) {
        assignByAlias(name, i);
      }
    }
  }

  private void assignByAlias(String name, int i) {
    ContractField field = contract.fieldByAlias(name);
    if (field == null) {
      firstUnknown = unknownFields++ == 0 ? name : firstUnknown;
    } else if (slots[field.position()] == ABSENT) {
      slots[field.position()] = i;
    }
  }

  /** Attributes of the last object that the contract does not know. */
  int unknownFields() {
    return unknownFields;
  }

  /** The first of them, or null. */
  String firstUnknown() {
    return firstUnknown;
  }

  private String encodeField(JsonObjectReader object, ContractField field, AvroBuffer out) {
    int i = slots[field.position()];
    if (i == ABSENT || object.kind(i) == JsonObjectReader.Kind.NULL) {
      byte[] absent = defaults[field.position()];
      if (absent == null) {
        return "required, and " + (i == ABSENT ? "missing" : "null");
      }
      out.raw(absent, 0, absent.length);
      return null;
    }
    if (field.nullable()) {
      out.number(1);
    }
    boolean fits =
        switch (field.type()) {
          case STRING -> encodeText(object, i, out);
          case INT -> encodeWhole(object, i, out, Integer.MIN_VALUE, Integer.MAX_VALUE);
          case LONG -> encodeWhole(object, i, out, Long.MIN_VALUE, Long.MAX_VALUE);
          case TIMESTAMP -> encodeTimestamp(object, i, out);
          case FLOAT, DOUBLE -> encodeDecimal(object, i, field.type(), out);
          case BOOLEAN -> encodeBoolean(object, i, out);
          case BYTES -> encodeBytes(object, i, out);
          case STRING_MAP -> false;
        };
    return fits
        ? null
        : "expected "
            + expectation(field.type())
            + ", found "
            + found(field.type(), object.kind(i));
  }

  private static boolean encodeText(JsonObjectReader object, int i, AvroBuffer out) {
    if (object.kind(i) != JsonObjectReader.Kind.TEXT || hasLoneSurrogate(object.text(i))) {
      return false;
    }
    out.text(object.text(i));
    return true;
  }

  private static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  private static boolean encodeWhole(
      JsonObjectReader object, int i, AvroBuffer out, long min, long max) {
    if (object.kind(i) != JsonObjectReader.Kind.WHOLE
        || object.whole(i) < min
        || object.whole(i) > max) {
      return false;
    }
    out.number(object.whole(i));
    return true;
  }

  private static boolean encodeTimestamp(JsonObjectReader object, int i, AvroBuffer out) {
    if (object.kind(i) == JsonObjectReader.Kind.TEXT) {
      long millis = EventTime.parse(object.text(i));
      out.number(millis);
      return millis != EventTime.INVALID;
    }
    return encodeWhole(object, i, out, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private static boolean encodeDecimal(
      JsonObjectReader object, int i, FieldType type, AvroBuffer out) {
    JsonObjectReader.Kind kind = object.kind(i);
    if (kind != JsonObjectReader.Kind.WHOLE && kind != JsonObjectReader.Kind.DECIMAL) {
      return false;
    }
    if (type == FieldType.FLOAT) {
      out.number((float) object.decimal(i));
    } else {
      out.number(object.decimal(i));
    }
    return true;
  }

  private static boolean encodeBoolean(JsonObjectReader object, int i, AvroBuffer out) {
    JsonObjectReader.Kind kind = object.kind(i);
    out.bool(kind == JsonObjectReader.Kind.TRUE);
    return kind == JsonObjectReader.Kind.TRUE || kind == JsonObjectReader.Kind.FALSE;
  }

  private static boolean encodeBytes(JsonObjectReader object, int i, AvroBuffer out) {
    if (object.kind(i) != JsonObjectReader.Kind.TEXT) {
      return false;
    }
    try {
      out.bytes(Base64.getDecoder().decode(object.text(i).getBytes(StandardCharsets.UTF_8)));
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String expectation(FieldType type) {
    return switch (type) {
      case STRING -> "text";
      case INT -> "a whole number of 32 bits";
      case LONG -> "a whole number of 64 bits";
      case TIMESTAMP -> "an ISO-8601 instant or epoch milliseconds";
      case FLOAT, DOUBLE -> "a number";
      case BOOLEAN -> "true or false";
      case BYTES -> "base64 text";
      case STRING_MAP -> "a map";
    };
  }

  private static String found(FieldType type, JsonObjectReader.Kind kind) {
    return switch (kind) {
      case TEXT -> type == FieldType.STRING ? "half a surrogate pair" : "other text";
      case WHOLE, DECIMAL -> "a number";
      case TRUE, FALSE -> "a boolean";
      case NULL -> "null";
      case NESTED -> "an object or array";
    };
  }
}
