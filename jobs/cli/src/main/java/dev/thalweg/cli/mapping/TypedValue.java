package dev.thalweg.cli.mapping;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.thalweg.schemas.FieldType;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * Writes text as a JSON value of a contract's type; text that has no such value goes out as the
 * text it is.
 */
final class TypedValue {

  private static final int INT_DIGITS = 10;
  private static final int LONG_DIGITS = 19;

  private TypedValue() {}

  static void write(JsonGenerator out, String text, FieldType type) throws IOException {
    boolean written =
        switch (type) {
          case INT -> writeWhole(out, text, INT_DIGITS);
          case LONG, TIMESTAMP -> writeWhole(out, text, LONG_DIGITS);
          case FLOAT, DOUBLE -> writeDecimal(out, text);
          case BOOLEAN -> writeBoolean(out, text);
          default -> false;
        };
    if (!written) {
      out.writeString(text);
    }
  }

  private static boolean writeWhole(JsonGenerator out, String text, int digits) throws IOException {
    try {
      BigDecimal number = new BigDecimal(text);
      if (number.precision() - number.scale() > digits) {
        return false;
      }
      long whole = number.longValueExact();
      if (digits == INT_DIGITS && whole != (int) whole) {
        return false;
      }
      out.writeNumber(whole);
      return true;
    } catch (ArithmeticException | NumberFormatException e) {
      return false;
    }
  }

  private static boolean writeDecimal(JsonGenerator out, String text) throws IOException {
    try {
      double number = Double.parseDouble(text);
      if (!Double.isFinite(number)) {
        return false;
      }
      out.writeNumber(number);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean writeBoolean(JsonGenerator out, String text) throws IOException {
    if (!text.equals("true") && !text.equals("false")) {
      return false;
    }
    out.writeBoolean(text.equals("true"));
    return true;
  }
}
