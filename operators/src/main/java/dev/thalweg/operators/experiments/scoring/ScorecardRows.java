package dev.thalweg.operators.experiments.scoring;

import dev.thalweg.operators.experiments.statistics.ScorecardRow;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.types.StringValue;

/** Writes and reads rows of scorecards; what is unknown is NaN there. */
final class ScorecardRows {
  private ScorecardRows() {}

  static void write(ScorecardRow row, DataOutput out) throws IOException {
    StringValue.writeString(row.variant(), out);
    StringValue.writeString(row.baseline(), out);
    out.writeLong(row.units());
    Double[] numbers = {
      row.total(),
      row.mean(),
      row.variance(),
      row.effect(),
      row.effectRelative(),
      row.standardError(),
      row.ciLow(),
      row.ciHigh(),
      row.pValue(),
      row.pValueFixed(),
      row.pValuePooled(),
      row.pValueHolm(),
      row.pValueBh(),
      row.cupedEffect(),
      row.cupedStandardError()
    };
    for (Double number : numbers) {
      out.writeDouble(number == null ? Double.NaN : number);
    }
    StringValue.writeString(row.note(), out);
  }

  static ScorecardRow read(DataInput in) throws IOException {
    return new ScorecardRow(
        StringValue.readString(in),
        StringValue.readString(in),
        in.readLong(),
        number(in),
        number(in),
        number(in),
        number(in),
        number(in),
        number(in),
        number(in),
        number(in),
        number(in),
        number(in),
        number(in),
        number(in),
        number(in),
        number(in),
        number(in),
        StringValue.readString(in));
  }

  private static Double number(DataInput in) throws IOException {
    double number = in.readDouble();
    return Double.isNaN(number) ? null : (Double) number;
  }
}
