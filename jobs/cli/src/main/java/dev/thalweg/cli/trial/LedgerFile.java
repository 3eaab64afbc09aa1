package dev.thalweg.cli.trial;

import dev.thalweg.operators.ledger.LedgerEntry;
import dev.thalweg.operators.ledger.LedgerPublisher;
import dev.thalweg.operators.ledger.LedgerState;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.core.memory.DataOutputViewStreamWrapper;

/** Keeps the ledger published last in a file. */
final class LedgerFile implements LedgerPublisher {
  private static final long serialVersionUID = 1L;

  private final String file;

  LedgerFile(Path file) {
    this.file = file.toString();
  }

  private static TypeSerializer<LedgerEntry> serializer() {
    return LedgerState.ENTRY.createSerializer(new SerializerConfigImpl());
  }

  /** The ledger published last; empty if none was. */
  List<LedgerEntry> read() throws IOException {
    List<LedgerEntry> entries = new ArrayList<>();
    if (!Files.exists(Path.of(file))) {
      return entries;
    }
    TypeSerializer<LedgerEntry> serializer = serializer();
    try (var in =
        new DataInputViewStreamWrapper(
            new BufferedInputStream(Files.newInputStream(Path.of(file))))) {
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        entries.add(serializer.deserialize(in));
      }
    }
    return entries;
  }

  @Override
  public void open() {
    // Each publishing opens the file anew.
  }

  @Override
  public void publish(List<LedgerEntry> totals) {
    TypeSerializer<LedgerEntry> serializer = serializer();
    try (var out =
        new DataOutputViewStreamWrapper(
            new BufferedOutputStream(Files.newOutputStream(Path.of(file))))) {
      out.writeInt(totals.size());
      for (LedgerEntry entry : totals) {
        serializer.serialize(entry, out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    // Nothing is held open.
  }
}
