package dev.thalweg.schemas.lint;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/** Whether values written with one schema can be read with another, by Avro's resolution rules. */
public final class Compatibility {
  private static final Pattern FIELD = Pattern.compile("/fields/(\\d+)(/.*)?");

  private Compatibility() {}

  /**
   * Why a reader cannot read a writer.
   *
   * @param field position of the field in the reader's record, or -1 where it is no field
   * @param ofType whether the field's type is what does not fit, rather than its absence
   * @param reason in words
   */
  public record Problem(int field, boolean ofType, String reason) {}

  /** All that keeps the reader from reading what the writer wrote; empty where nothing does. */
  public static List<Problem> problems(Schema reader, Schema writer) {
    if (isPlainlyReadable(reader, writer)) {
      return List.of();
    }
    try {
      return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
          .getResult()
          .getIncompatibilities()
          .stream()
          .map(found -> problem(found, reader))
          .toList();
    } catch (AvroRuntimeException e) {
      // Thrown, not reported, where a field's name and alias both stand in the writer.
      return List.of(new Problem(-1, false, OneLine.of(String.valueOf(e.getMessage()))));
    }
  }

  /**
   * Whether each field is the very same on both sides, or has a default and is new: most pairs of
   * versions, for which Avro's thorough comparison costs more than all other checks.
   */
  private static boolean isPlainlyReadable(Schema reader, Schema writer) {
    if (reader.getType() != Schema.Type.RECORD
        || writer.getType() != Schema.Type.RECORD
        || !reader.getName().equals(writer.getName())) {
      return false;
    }
    for (Schema.Field field : reader.getFields()) {
      Schema.Field written = writer.getField(field.name());
      boolean plain = written == null ? field.hasDefaultValue() : isSame(field, written);
      if (!plain || !field.aliases().isEmpty()) {
        return false;
      }
    }
    return true;
  }

  @SuppressWarnings("ReferenceEquality") // a fast way out; what is equal and not the same goes on
  private static boolean isSame(Schema.Field field, Schema.Field written) {
    return field.schema() == written.schema();
  }

  private static Problem problem(Incompatibility found, Schema reader) {
    Matcher place = FIELD.matcher(found.getLocation());
    if (reader.getType() != Schema.Type.RECORD || !place.matches()) {
      return new Problem(-1, true, reason(found));
    }
    int position = Integer.parseInt(place.group(1));
    String name = reader.getFields().get(position).name();
    return new Problem(position, place.group(2) != null, "field " + name + ": " + reason(found));
  }

  private static String reason(Incompatibility found) {
    return switch (found.getType()) {
      case READER_FIELD_MISSING_DEFAULT_VALUE ->
          "the reader has no default for it and the writer does not write it";
      case TYPE_MISMATCH, MISSING_UNION_BRANCH -> OneLine.of(found.getMessage());
      case MISSING_ENUM_SYMBOLS ->
          "the reader lacks the symbols " + OneLine.of(found.getMessage()) + " and has no default";
      case NAME_MISMATCH -> "the names differ, " + OneLine.of(found.getMessage());
      case FIXED_SIZE_MISMATCH -> "the sizes differ, " + OneLine.of(found.getMessage());
    };
  }
}
