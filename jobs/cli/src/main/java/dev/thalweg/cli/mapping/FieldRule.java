package dev.thalweg.cli.mapping;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** How one field of an event is made from a row. */
sealed interface FieldRule {

  /** The columns it reads. */
  List<String> columns();

  /** The value as text; null leaves the field out. */
  String value(Row row);

  /** Text with columns put in. */
  record Text(Template template) implements FieldRule {
    @Override
    public List<String> columns() {
      return template.columns();
    }

    @Override
    public String value(Row row) {
      return template.fill(row);
    }
  }

  /** The same for every row. */
  record Constant(String text) implements FieldRule {
    @Override
    public List<String> columns() {
      return List.of();
    }

    @Override
    public String value(Row row) {
      return text;
    }
  }

  /**
   * A decimal number times a factor, exactly, rounded half up to a whole one; what is no number
   * stays as it is.
   */
  record Scaled(String column, BigDecimal scale) implements FieldRule {
    private static final int LONG_DIGITS = 19;

    @Override
    public List<String> columns() {
      return List.of(column);
    }

    @Override
    public String value(Row row) {
      String text = row.text(column);
      return text == null ? null : scaled(text);
    }

    private String scaled(String text) {
      try {
        BigDecimal product = new BigDecimal(text).multiply(scale);
        int digits = product.precision() - product.scale();
        if (digits > LONG_DIGITS) {
          return text;
        }
        return digits < 0
            ? "0"
            : Long.toString(product.setScale(0, RoundingMode.HALF_UP).longValueExact());
      } catch (ArithmeticException | NumberFormatException e) {
        return text;
      }
    }
  }
}
