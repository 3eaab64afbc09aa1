package dev.thalweg.operators.experiments.attribution;

import dev.thalweg.operators.experiments.definition.OutcomeKind;
import dev.thalweg.operators.experiments.statistics.Winsorization;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/**
 * Writes the rules of phases and reads them, equal bytes as one and the same object: phases are
 * few, and hits many. The hash of the bytes is written before them, so that it is made once a phase
 * and not once a hit. It remembers some thousands and then begins anew. Not thread safe.
 */
final class RulesCodec {
  private static final int MOST = 4_096;
  private static final int FIRST_LENGTH = 256;

  private final Map<PhaseRules, Bytes> written = new IdentityHashMap<>();
  private final Map<Bytes, PhaseRules> read = new HashMap<>();
  private final Bytes next = new Bytes(new byte[FIRST_LENGTH], 0, 0);

  /** The first bytes of an array, which may be other ones as long as it is no key. */
  private static final class Bytes {
    private byte[] bytes;
    private int length;
    private int hash;

    Bytes(byte[] bytes, int length, int hash) {
      this.bytes = bytes;
      this.length = length;
      this.hash = hash;
    }

    void read(DataInputView source) throws IOException {
      hash = source.readInt();
      length = source.readInt();
      if (bytes.length < length) {
        bytes = new byte[length];
      }
      source.readFully(bytes, 0, length);
    }

    Bytes copy() {
      return new Bytes(Arrays.copyOf(bytes, length), length, hash);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Bytes that
          && Arrays.equals(bytes, 0, length, that.bytes, 0, that.length);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  void write(PhaseRules rules, DataOutputView target) throws IOException {
    Bytes bytes = written.get(rules);
    if (bytes == null) {
      bytes = bytes(rules);
      forgetIfFull(written);
      written.put(rules, bytes);
    }
    target.writeInt(bytes.hash);
    target.writeInt(bytes.length);
    target.write(bytes.bytes);
  }

  PhaseRules read(DataInputView source) throws IOException {
    next.read(source);
    PhaseRules rules = read.get(next);
    if (rules == null) {
      rules = rules(new DataInputDeserializer(next.bytes, 0, next.length));
      forgetIfFull(read);
      read.put(next.copy(), rules);
    }
    return rules;
  }

  private static void forgetIfFull(Map<?, ?> known) {
    if (known.size() == MOST) {
      known.clear();
    }
  }

  private static Bytes bytes(PhaseRules rules) throws IOException {
    DataOutputSerializer target = new DataOutputSerializer(FIRST_LENGTH);
    StringValue.writeString(rules.experiment(), target);
    target.writeInt(rules.phase());
    target.writeInt(rules.arms());
    for (String variant : rules.variants()) {
      StringValue.writeString(variant, target);
    }
    target.writeBoolean(rules.firstCounts());
    target.writeInt(rules.metrics().size());
    for (MetricRule rule : rules.metrics()) {
      target.writeByte(rule.kind().ordinal());
      target.writeLong(rule.delay());
      target.writeLong(rule.window());
      target.writeLong(rule.lookBack());
      target.writeDouble(rule.bounds().low());
      target.writeDouble(rule.bounds().high());
    }
    byte[] bytes = target.getCopyOfBuffer();
    return new Bytes(bytes, bytes.length, Arrays.hashCode(bytes));
  }

  private static PhaseRules rules(DataInputView source) throws IOException {
    String experiment = StringValue.readString(source);
    int phase = source.readInt();
    List<String> variants = new ArrayList<>();
    for (int left = source.readInt(); left > 0; left--) {
      variants.add(StringValue.readString(source));
    }
    boolean firstCounts = source.readBoolean();
    List<MetricRule> metrics = new ArrayList<>();
    for (int left = source.readInt(); left > 0; left--) {
      metrics.add(
          new MetricRule(
              OutcomeKind.values()[source.readByte()],
              source.readLong(),
              source.readLong(),
              source.readLong(),
              new Winsorization(source.readDouble(), source.readDouble())));
    }
    return new PhaseRules(experiment, phase, variants, firstCounts, metrics);
  }
}
