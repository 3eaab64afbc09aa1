package dev.thalweg.operators.event;

import dev.thalweg.schemas.Failure;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes messages: a byte that tells the kind, then its parts. */
public final class MessageSerializer extends ImmutableSerializer<Message> {
  private static final long serialVersionUID = 1L;

  @Override
  public TypeSerializer<Message> duplicate() {
    return new MessageSerializer();
  }

  @Override
  public void serialize(Message message, DataOutputView target) throws IOException {
    if (message instanceof Event event) {
      target.writeByte(EVENT);
      events().serialize(event, target);
    } else if (message instanceof DeadLetter letter) {
      target.writeByte(DEAD_LETTER);
      Fields.writeText(letter.stage(), target);
      target.writeByte(letter.failure().ordinal());
      Fields.writeText(letter.message(), target);
      Fields.writeText(letter.eventType(), target);
      fields().writeRaw(letter.raw(), target);
    } else if (message instanceof Profile profile) {
      target.writeByte(PROFILE);
      Fields.writeText(profile.userId(), target);
      target.writeLong(profile.effectiveFrom());
      Fields.writeNullable(profile.attributes(), target);
    } else if (message instanceof Duplicate duplicate) {
      target.writeByte(DUPLICATE);
      Fields.writeText(duplicate.subject(), target);
      fields().writeOrigin(duplicate.origin(), target);
    } else if (message instanceof Waiting waiting) {
      target.writeByte(WAITING);
      Fields.writeText(waiting.subject(), target);
      fields().writeOrigin(waiting.origin(), target);
    }
  }

  @Override
  public Message deserialize(DataInputView source) throws IOException {
    byte tag = source.readByte();
    return switch (tag) {
      case EVENT -> events().deserialize(source);
      case DEAD_LETTER ->
          new DeadLetter(
              Fields.readText(source),
              Failure.of(source.readByte()),
              Fields.readText(source),
              Fields.readText(source),
              fields().readRaw(source));
      case PROFILE ->
          new Profile(Fields.readText(source), source.readLong(), Fields.readNullable(source));
      case DUPLICATE -> new Duplicate(Fields.readText(source), fields().readOrigin(source));
      case WAITING -> new Waiting(Fields.readText(source), fields().readOrigin(source));
      default -> throw new IOException("no message has the tag " + tag);
    };
  }

  private static final byte EVENT = 0;
  private static final byte DEAD_LETTER = 1;
  private static final byte PROFILE = 2;
  private static final byte DUPLICATE = 3;
  private static final byte WAITING = 4;

  private transient EventSerializer events;

  private EventSerializer events() {
    if (events == null) {
      events = new EventSerializer();
    }
    return events;
  }

  @Override
  public TypeSerializerSnapshot<Message> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Written into savepoints; names the serializer that reads them. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Message> {
    /** For Flink. */
    public Snapshot() {
      super(MessageSerializer::new);
    }
  }
}
