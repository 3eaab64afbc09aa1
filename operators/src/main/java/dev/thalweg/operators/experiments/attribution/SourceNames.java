package dev.thalweg.operators.experiments.attribution;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.types.StringValue;

/** Topics and contracts of many minutes, each written once. Mutable. */
public final class SourceNames {
  private final Map<String, Integer> places = new LinkedHashMap<>();
  private final List<String> names = new ArrayList<>();

  private SourceNames() {}

  /** All that are in the sources of these. */
  public static SourceNames of(Collection<PhaseSums> minutes) {
    SourceNames all = new SourceNames();
    minutes.forEach(minute -> minute.sources().nameTo(all));
    return all;
  }

  void add(String name) {
    if (places.putIfAbsent(name, names.size()) == null) {
      names.add(name);
    }
  }

  int place(String name) {
    return places.get(name);
  }

  String name(int place) {
    return names.get(place);
  }

  /** Writes all. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeInt(names.size());
    for (String name : names) {
      StringValue.writeString(name, out);
    }
  }

  /** Reads what {@link #writeTo} wrote. */
  public static SourceNames readFrom(DataInput in) throws IOException {
    SourceNames read = new SourceNames();
    for (int left = in.readInt(); left > 0; left--) {
      read.add(StringValue.readString(in));
    }
    return read;
  }
}
