package dev.thalweg.operators.experiments.scoring;

import dev.thalweg.operators.event.FixedTypeInfo;
import dev.thalweg.operators.event.ImmutableSerializer;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Decided;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Document;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Drops;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Health;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Score;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Serializes {@link ExperimentRow}: a byte that tells the view, then the row's parts in order. */
public final class ExperimentRowSerializer extends ImmutableSerializer<ExperimentRow> {
  /** Type information of rows. */
  public static final TypeInformation<ExperimentRow> TYPE =
      new FixedTypeInfo<>(ExperimentRow.class, ExperimentRowSerializer::new);

  private static final long serialVersionUID = 1L;
  private static final byte SCORE = 0;
  private static final byte HEALTH = 1;
  private static final byte DECIDED = 2;
  private static final byte DROPS = 3;
  private static final byte DOCUMENT = 4;

  @Override
  public TypeSerializer<ExperimentRow> duplicate() {
    return this;
  }

  @Override
  public void serialize(ExperimentRow row, DataOutputView target) throws IOException {
    if (row instanceof Score score) {
      begin(SCORE, row, target);
      StringValue.writeString(score.metric(), target);
      ScorecardRows.write(score.row(), target);
      target.writeLong(score.asOf());
      target.writeLong(score.version());
    } else if (row instanceof Health health) {
      begin(HEALTH, row, target);
      write(health, target);
    } else if (row instanceof Decided decided) {
      begin(DECIDED, row, target);
      write(decided, target);
    } else if (row instanceof Drops drops) {
      begin(DROPS, row, target);
      write(drops, target);
    } else if (row instanceof Document document) {
      begin(DOCUMENT, row, target);
      StringValue.writeString(document.json(), target);
      target.writeLong(document.version());
    }
  }

  private static void begin(byte tag, ExperimentRow row, DataOutputView target) throws IOException {
    target.writeByte(tag);
    StringValue.writeString(row.experiment(), target);
    target.writeInt(row.phase());
  }

  private static void write(Health health, DataOutputView target) throws IOException {
    target.writeLong(health.units());
    target.writeDouble(health.sampleRatio());
    target.writeDouble(health.sequentialSampleRatio());
    target.writeLong(health.unitsInSeveralVariants());
    target.writeLong(health.outcomesBefore());
    target.writeLong(health.unitsNeverExposed());
    target.writeLong(health.invalidExposures());
    StringValue.writeString(health.status(), target);
    target.writeLong(health.asOf());
    target.writeLong(health.version());
  }

  private static void write(Decided decided, DataOutputView target) throws IOException {
    Decision decision = decided.decision();
    target.writeLong(decided.decidedAt());
    target.writeByte(decision.verdict().ordinal());
    StringValue.writeString(decision.variant(), target);
    StringValue.writeString(decision.reason(), target);
    target.writeByte(decision.share());
    StringValue.writeString(decision.awaited(), target);
    target.writeBoolean(decision.isOfAll());
    StringValue.writeString(decided.evidence(), target);
    StringValue.writeString(decided.promotion(), target);
  }

  private static void write(Drops drops, DataOutputView target) throws IOException {
    StringValue.writeString(drops.variant(), target);
    StringValue.writeString(drops.failure(), target);
    target.writeLong(drops.events());
    target.writeLong(drops.asOf());
    target.writeLong(drops.version());
  }

  @Override
  public ExperimentRow deserialize(DataInputView in) throws IOException {
    byte tag = in.readByte();
    String experiment = StringValue.readString(in);
    int phase = in.readInt();
    return switch (tag) {
      case SCORE ->
          new Score(
              experiment,
              phase,
              StringValue.readString(in),
              ScorecardRows.read(in),
              in.readLong(),
              in.readLong());
      case HEALTH -> health(experiment, phase, in);
      case DECIDED ->
          new Decided(
              experiment,
              phase,
              in.readLong(),
              decision(in),
              StringValue.readString(in),
              StringValue.readString(in));
      case DROPS ->
          new Drops(
              experiment,
              phase,
              StringValue.readString(in),
              StringValue.readString(in),
              in.readLong(),
              in.readLong(),
              in.readLong());
      case DOCUMENT -> new Document(experiment, phase, StringValue.readString(in), in.readLong());
      default -> throw new IOException("no row of an experiment has the tag " + tag);
    };
  }

  private static Health health(String experiment, int phase, DataInputView in) throws IOException {
    return new Health(
        experiment,
        phase,
        in.readLong(),
        in.readDouble(),
        in.readDouble(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        StringValue.readString(in),
        in.readLong(),
        in.readLong());
  }

  private static Decision decision(DataInputView in) throws IOException {
    return new Decision(
        Verdict.values()[in.readByte()],
        StringValue.readString(in),
        StringValue.readString(in),
        in.readByte(),
        StringValue.readString(in),
        in.readBoolean());
  }

  @Override
  public TypeSerializerSnapshot<ExperimentRow> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Written into savepoints; names the serializer that reads them. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ExperimentRow> {
    /** For Flink. */
    public Snapshot() {
      super(ExperimentRowSerializer::new);
    }
  }
}
