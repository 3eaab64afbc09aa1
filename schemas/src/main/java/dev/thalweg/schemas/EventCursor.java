package dev.thalweg.schemas;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the fields of one contract from binary values. {@link #read} walks the bytes once, checks
 * that they are well formed to the last byte, and remembers where each field stands; the getters
 * then decode only what somebody asks for. Reused for value after value; reading allocates nothing.
 * Not thread safe.
 */
public final class EventCursor {
  private static final int NULL = -1;

  private final FieldType[] types;
  private final boolean[] nullable;
  private final int[] starts;
  private final Contract contract;
  private final List<ContractField> fields;

  private byte[] bytes;
  private int at;
  private int end;
  private String problem;

  /** A cursor over values of that contract. */
  public EventCursor(Contract contract) {
    this(contract, contract.fields());
  }

  private EventCursor(Contract contract, List<ContractField> fields) {
    this.contract = contract;
    this.fields = fields;
    int count = fields.size();
    types = new FieldType[count];
    nullable = new boolean[count];
    starts = new int[count];
    for (ContractField field : fields) {
      types[field.position()] = field.type();
      nullable[field.position()] = field.nullable();
    }
  }

  /**
   * A cursor over canonical records of that contract's events; {@link ContextFields} says where,
   * behind the contract's own fields, the context stands.
   */
  public static EventCursor ofCanonical(Contract contract) {
    return new EventCursor(contract, ContextFields.appendedTo(contract.fields()));
  }

  /** The contract it reads. */
  public Contract contract() {
    return contract;
  }

  /**
   * Moves to the value in {@code bytes[from, to)}. Linear in its length.
   *
   * @return whether the bytes are exactly one value of the contract; if not, {@link #problem()}
   *     says why
   */
  public boolean read(byte[] bytes, int from, int to) {
    int next = readPrefix(bytes, from, to);
    if (next >= 0 && next != to) {
      problem = (to - next) + " bytes follow the last field";
      return false;
    }
    return next >= 0;
  }

  /**
   * Like {@link #read}, but bytes may follow; returns where the value ends, or a negative number if
   * it is not well formed.
   */
  public int readPrefix(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.at = from;
    this.end = to;
    problem = null;
    for (int i = 0; i < types.length; i++) {
      if (!skipField(i)) {
        problem = fields.get(i).name() + ": " + (problem == null ? "truncated" : problem);
        return -1;
      }
    }
    return at;
  }

  /** Why the last {@link #read} returned false. */
  public String problem() {
    return problem;
  }

  private boolean skipField(int i) {
    if (nullable[i]) {
      if (at >= end) {
        return false;
      }
      byte branch = bytes[at++];
      if (branch == 0) {
        starts[i] = NULL;
        return true;
      }
      if (branch != 2) {
        problem = "no such branch of the union";
        return false;
      }
    }
    starts[i] = at;
    return switch (types[i]) {
      case STRING -> skipText();
      case INT -> skipInt();
      case LONG, TIMESTAMP -> skipLong();
      case FLOAT -> skip(Float.BYTES);
      case DOUBLE -> skip(Double.BYTES);
      case BOOLEAN -> skipBoolean();
      case BYTES -> skipBytes();
      case STRING_MAP -> skipMap();
    };
  }

  private boolean skip(long count) {
    if (count < 0 || count > end - at) {
      return false;
    }
    at += (int) count;
    return true;
  }

  private boolean skipBoolean() {
    if (at >= end) {
      return false;
    }
    if ((bytes[at] & ~1) != 0) {
      problem = "not a boolean";
      return false;
    }
    at++;
    return true;
  }

  private boolean skipLong() {
    for (int i = 0; i < 10; i++) {
      if (at >= end) {
        return false;
      }
      byte b = bytes[at++];
      if (b >= 0) {
        if (i == 9 && b > 1) {
          break;
        }
        return true;
      }
    }
    problem = "number too long";
    return false;
  }

  private boolean skipInt() {
    int start = at;
    if (!skipLong()) {
      return false;
    }
    if (at - start > 5) {
      // Readers of Avro stop after five bytes, however small the number.
      problem = "number too long";
      return false;
    }
    long value = longAt(start);
    if (value != (int) value) {
      problem = "number out of the range of int";
      return false;
    }
    return true;
  }

  private boolean skipBytes() {
    int start = at;
    return skipLong() && skip(longAt(start));
  }

  private boolean skipText() {
    int start = at;
    if (!skipLong()) {
      return false;
    }
    int from = at;
    if (!skip(longAt(start))) {
      return false;
    }
    if (!Utf8.isWellFormed(bytes, from, at)) {
      problem = "not UTF-8";
      return false;
    }
    return true;
  }

  private boolean skipMap() {
    while (true) {
      int start = at;
      if (!skipLong()) {
        return false;
      }
      long count = longAt(start);
      if (count == 0) {
        return true;
      }
      if (count < 0 && !skipLong()) {
        return false;
      }
      long entries = Math.abs(count);
      if (entries < 0 || entries > end - at) {
        return false;
      }
      for (long i = 0; i < 2 * entries; i++) {
        if (!skipText()) {
          return false;
        }
      }
    }
  }

  /** Whether the field is null. */
  public boolean isNull(int field) {
    return starts[field] == NULL;
  }

  /** An INT, LONG or TIMESTAMP field that is not null. */
  public long longValue(int field) {
    return longAt(starts[field]);
  }

  /** A DOUBLE or FLOAT field that is not null. */
  public double doubleValue(int field) {
    int start = starts[field];
    long bits = 0;
    int count = types[field] == FieldType.FLOAT ? Float.BYTES : Double.BYTES;
    for (int i = 0; i < count; i++) {
      bits |= (bytes[start + i] & 0xFFL) << (8 * i);
    }
    return count == Float.BYTES ? Float.intBitsToFloat((int) bits) : Double.longBitsToDouble(bits);
  }

  /** A BOOLEAN field that is not null. */
  public boolean booleanValue(int field) {
    return bytes[starts[field]] == 1;
  }

  /** A STRING field, or null. Allocates. */
  public String text(int field) {
    return isNull(field)
        ? null
        : new String(bytes, contentStart(field), contentLength(field), StandardCharsets.UTF_8);
  }

  /** A BYTES field, or null. Allocates. */
  public byte[] bytes(int field) {
    return isNull(field)
        ? null
        : Arrays.copyOfRange(
            bytes, contentStart(field), contentStart(field) + contentLength(field));
  }

  /** Bytes of a STRING or BYTES field that is not null. */
  public int contentLength(int field) {
    return (int) longAt(starts[field]);
  }

  /** Where the bytes of a STRING or BYTES field that is not null begin in {@link #source()}. */
  public int contentStart(int field) {
    int i = starts[field];
    while (bytes[i] < 0) {
      i++;
    }
    return i + 1;
  }

  /**
   * Where a field's encoded value begins (behind a union's branch), for a field that is not null.
   */
  public int valueStart(int field) {
    return starts[field];
  }

  /** Where a field's encoded value ends, for a field that is not null and no map. */
  int valueEnd(int field) {
    int start = starts[field];
    return switch (types[field]) {
      case STRING, BYTES -> contentStart(field) + contentLength(field);
      case INT, LONG, TIMESTAMP -> {
        int i = start;
        while (bytes[i] < 0) {
          i++;
        }
        yield i + 1;
      }
      case FLOAT -> start + Float.BYTES;
      case DOUBLE -> start + Double.BYTES;
      case BOOLEAN -> start + 1;
      case STRING_MAP -> throw new IllegalStateException("maps have no place in events");
    };
  }

  /** The array of the last {@link #read}. */
  public byte[] source() {
    return bytes;
  }

  private long longAt(int start) {
    int i = start;
    long zigZag = 0;
    int shift = 0;
    byte b;
    do {
      b = bytes[i++];
      zigZag |= (b & 0x7FL) << shift;
      shift += 7;
    } while (b < 0);
    return (zigZag >>> 1) ^ -(zigZag & 1);
  }
}
