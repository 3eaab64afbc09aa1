package dev.thalweg.operators.dedup;

/**
 * Names a chunk of ids in state: the arrival bucket, and the chunk's number in it. Not changed once
 * in state; one that is not may be moved from chunk to chunk, so that looking up allocates nothing.
 */
public final class ChunkKey {
  private long bucket;
  private int chunk;

  /** The key of that chunk. */
  public ChunkKey(long bucket, int chunk) {
    at(bucket, chunk);
  }

  /** Makes it the key of that chunk; for keys that are not in state. */
  ChunkKey at(long newBucket, int newChunk) {
    bucket = newBucket;
    chunk = newChunk;
    return this;
  }

  /** The arrival bucket. */
  public long bucket() {
    return bucket;
  }

  /** The chunk's number in its bucket, from 0. */
  public int chunk() {
    return chunk;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChunkKey key && bucket == key.bucket && chunk == key.chunk;
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(bucket) + chunk;
  }

  @Override
  public String toString() {
    return bucket + "/" + chunk;
  }
}
