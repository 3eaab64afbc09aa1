package dev.thalweg.jobs.testkit;

import dev.thalweg.operators.event.RawRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Partitions of records that end, read as a topic's are: all at once, from where a checkpoint says.
 * A test may hold it where it likes, and let it go on. Close it, and the records are let go.
 */
public final class HeldSource
    implements Source<RawRecord, HeldSource.Part, Boolean>, AutoCloseable {
  private static final long serialVersionUID = 1L;

  /** Sources are serialized into the job, so the test and the readers meet here, by id. */
  private static final Map<String, Feed> FEEDS = new ConcurrentHashMap<>();

  private final String id = UUID.randomUUID().toString();

  /** Over those partitions. */
  public HeldSource(List<List<RawRecord>> partitions) {
    FEEDS.put(id, new Feed(partitions));
  }

  /** What the test and the readers share. */
  private static final class Feed {
    private final List<List<RawRecord>> partitions;
    private final Map<Integer, Integer> positions = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Integer> begun = new ConcurrentLinkedQueue<>();
    private volatile CompletableFuture<Void> moved = new CompletableFuture<>();
    private volatile double share = 1;

    Feed(List<List<RawRecord>> partitions) {
      this.partitions = partitions;
    }

    int limit(int partition) {
      return (int) (partitions.get(partition).size() * share);
    }
  }

  private Feed feed() {
    return FEEDS.get(id);
  }

  /** Reads that share of each partition, and holds. */
  public HeldSource holdAt(double share) {
    Feed feed = feed();
    CompletableFuture<Void> before = feed.moved;
    feed.share = share;
    feed.moved = new CompletableFuture<>();
    before.complete(null);
    return this;
  }

  /** Whether all partitions were read as far as they may. */
  public boolean isHeld() {
    Feed feed = feed();
    for (int i = 0; i < feed.partitions.size(); i++) {
      if (feed.positions.getOrDefault(i, 0) != feed.limit(i)) {
        return false;
      }
    }
    return true;
  }

  /** Where reading of a partition began, once for each time. */
  public List<Integer> begun() {
    return List.copyOf(feed().begun);
  }

  @Override
  public void close() {
    FEEDS.remove(id);
  }

  /** A partition, and where to read on. */
  public record Part(int partition, int position) implements SourceSplit {
    @Override
    public String splitId() {
      return Integer.toString(partition);
    }
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public SourceReader<RawRecord, Part> createReader(SourceReaderContext context) {
    return new Reader(feed());
  }

  @Override
  public SplitEnumerator<Part, Boolean> createEnumerator(SplitEnumeratorContext<Part> context) {
    return new Enumerator(context, feed().partitions.size());
  }

  @Override
  public SplitEnumerator<Part, Boolean> restoreEnumerator(
      SplitEnumeratorContext<Part> context, Boolean isAssigned) {
    return new Enumerator(context, isAssigned ? 0 : feed().partitions.size());
  }

  @Override
  public SimpleVersionedSerializer<Part> getSplitSerializer() {
    return new PartSerializer();
  }

  @Override
  public SimpleVersionedSerializer<Boolean> getEnumeratorCheckpointSerializer() {
    return new AssignedSerializer();
  }

  private static final class PartSerializer implements SimpleVersionedSerializer<Part> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(Part part) {
      return ByteBuffer.allocate(8).putInt(part.partition).putInt(part.position).array();
    }

    @Override
    public Part deserialize(int version, byte[] bytes) {
      var buffer = ByteBuffer.wrap(bytes);
      return new Part(buffer.getInt(), buffer.getInt());
    }
  }

  private static final class AssignedSerializer implements SimpleVersionedSerializer<Boolean> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(Boolean isAssigned) {
      return new byte[] {(byte) (isAssigned ? 1 : 0)};
    }

    @Override
    public Boolean deserialize(int version, byte[] bytes) {
      return bytes[0] == 1;
    }
  }

  /** Gives each reader its partitions once; then those of a reader that failed back to it. */
  private static final class Enumerator implements SplitEnumerator<Part, Boolean> {
    private final SplitEnumeratorContext<Part> context;
    private final Map<Integer, List<Part>> pending = new HashMap<>();
    private boolean isAssigned;

    Enumerator(SplitEnumeratorContext<Part> context, int partitions) {
      this.context = context;
      isAssigned = partitions == 0;
      for (int i = 0; i < partitions; i++) {
        pending
            .computeIfAbsent(i % context.currentParallelism(), r -> new ArrayList<>())
            .add(new Part(i, 0));
      }
    }

    @Override
    public void addReader(int subtask) {
      List<Part> parts = pending.remove(subtask);
      if (parts != null) {
        // At once, as time goes on with those that the reader has.
        context.assignSplits(new SplitsAssignment<>(Map.of(subtask, parts)));
      }
      isAssigned = pending.isEmpty();
      context.signalNoMoreSplits(subtask);
    }

    @Override
    public void addSplitsBack(List<Part> parts, int subtask) {
      pending.put(subtask, parts);
    }

    @Override
    public Boolean snapshotState(long checkpointId) {
      return isAssigned;
    }

    @Override
    public void start() {
      // Readers come by themselves.
    }

    @Override
    public void handleSplitRequest(int subtask, String host) {
      throw new IllegalStateException("no reader asks");
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  /** Reads its partitions in turns. */
  private static final class Reader implements SourceReader<RawRecord, Part> {
    private final Feed feed;
    private final List<Part> parts = new ArrayList<>();
    private boolean isComplete;
    private CompletableFuture<Void> given = new CompletableFuture<>();
    private int turn;

    Reader(Feed feed) {
      this.feed = feed;
    }

    private boolean isReadable(Part part) {
      return part.position < feed.limit(part.partition);
    }

    private boolean isRead(Part part) {
      return part.position == feed.partitions.get(part.partition).size();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<RawRecord> output) {
      for (int i = 0; i < parts.size(); i++) {
        turn = (turn + 1) % parts.size();
        if (isReadable(parts.get(turn))) {
          parts.set(turn, read(parts.get(turn), output));
          return InputStatus.MORE_AVAILABLE;
        }
      }
      boolean isEnd = isComplete && parts.stream().allMatch(this::isRead);
      return isEnd ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
    }

    /** A partition that was read to its end holds back time no more. */
    private Part read(Part part, ReaderOutput<RawRecord> output) {
      RawRecord record = feed.partitions.get(part.partition).get(part.position);
      output.createOutputForSplit(part.splitId()).collect(record);
      Part next = new Part(part.partition, part.position + 1);
      if (isRead(next)) {
        output.releaseOutputForSplit(part.splitId());
      }
      feed.positions.put(part.partition, next.position);
      return next;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      CompletableFuture<Void> moved = feed.moved;
      boolean mayGoOn =
          parts.stream().anyMatch(this::isReadable)
              || isComplete && parts.stream().allMatch(this::isRead);
      return mayGoOn
          ? CompletableFuture.completedFuture(null)
          : CompletableFuture.anyOf(moved, given).thenApply(done -> null);
    }

    @Override
    public void addSplits(List<Part> more) {
      parts.addAll(more);
      more.forEach(part -> feed.begun.add(part.position));
      wake();
    }

    @Override
    public void notifyNoMoreSplits() {
      isComplete = true;
      wake();
    }

    private void wake() {
      given.complete(null);
      given = new CompletableFuture<>();
    }

    @Override
    public List<Part> snapshotState(long checkpointId) {
      return List.copyOf(parts);
    }

    @Override
    public void start() {
      // Partitions are assigned unasked.
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
