package dev.thalweg.operators.event;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Reads and writes the parts that messages are made of. Not thread safe. */
final class Fields {
  private byte[] topicBytes = {};
  private String topic = "";

  static void writeBytes(byte[] bytes, int from, DataOutputView out) throws IOException {
    out.writeInt(bytes.length - from);
    out.write(bytes, from, bytes.length - from);
  }

  static byte[] readBytes(DataInputView in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }

  /** Bytes that may be null. */
  static void writeNullable(byte[] bytes, DataOutputView out) throws IOException {
    out.writeBoolean(bytes != null);
    if (bytes != null) {
      writeBytes(bytes, 0, out);
    }
  }

  static byte[] readNullable(DataInputView in) throws IOException {
    return in.readBoolean() ? readBytes(in) : null;
  }

  static void writeText(String text, DataOutputView out) throws IOException {
    writeBytes(text.getBytes(StandardCharsets.UTF_8), 0, out);
  }

  static String readText(DataInputView in) throws IOException {
    return new String(readBytes(in), StandardCharsets.UTF_8);
  }

  void writeOrigin(Origin origin, DataOutputView out) throws IOException {
    rememberTopic(origin.topic());
    out.writeShort(topicBytes.length);
    out.write(topicBytes, 0, topicBytes.length);
    out.writeInt(origin.partition());
    out.writeLong(origin.offset());
    out.writeLong(origin.arrival());
  }

  private void rememberTopic(String name) {
    if (!topic.equals(name)) {
      topic = name;
      topicBytes = name.getBytes(StandardCharsets.UTF_8);
    }
  }

  Origin readOrigin(DataInputView in) throws IOException {
    return new Origin(readTopic(in), in.readInt(), in.readLong(), in.readLong());
  }

  /** Nearly always the topic of the record before: then neither decoded nor allocated. */
  private String readTopic(DataInputView in) throws IOException {
    int length = in.readUnsignedShort();
    byte[] bytes = length == topicBytes.length ? scratch(length) : new byte[length];
    in.readFully(bytes);
    if (!Arrays.equals(bytes, topicBytes)) {
      topicBytes = bytes.clone();
      topic = new String(bytes, StandardCharsets.UTF_8);
    }
    return topic;
  }

  private byte[] scratch = {};

  private byte[] scratch(int length) {
    if (scratch.length != length) {
      scratch = new byte[length];
    }
    return scratch;
  }

  void writeRaw(RawRecord raw, DataOutputView out) throws IOException {
    writeNullable(raw.key(), out);
    writeNullable(raw.value(), out);
    writeOrigin(raw.origin(), out);
  }

  RawRecord readRaw(DataInputView in) throws IOException {
    return new RawRecord(readNullable(in), readNullable(in), readOrigin(in));
  }
}
