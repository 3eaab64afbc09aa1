package dev.thalweg.cli.demo;

/**
 * A fingerprint of a multiset of events, each known by subject and event id, that does not depend
 * on their order: how many, and the 128-bit sum of their hashes. An event too many, too few or
 * twice changes it.
 */
public final class EventIdDigest {

  private static final long PRIME = 0x100000001B3L;

  private long count;
  private long high;
  private long low;

  /** Adds an event. */
  public void add(String subject, String eventId) {
    long hash = hash(hash(0xCBF29CE484222325L, subject) * PRIME + 1, eventId);
    add(Mixing.mix(hash), Mixing.mix(hash ^ 0x5851F42D4C957F2DL));
  }

  private void add(long itsHigh, long itsLow) {
    count++;
    long sum = low + itsLow;
    high += itsHigh + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
    low = sum;
  }

  private static long hash(long start, String text) {
    long hash = start;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * PRIME;
      hash ^= hash >>> 29;
    }
    return hash;
  }

  /** How many events were added. */
  public long count() {
    return count;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EventIdDigest that
        && count == that.count
        && high == that.high
        && low == that.low;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(count ^ high ^ low);
  }

  @Override
  public String toString() {
    return count + ":" + Long.toHexString(high) + ":" + Long.toHexString(low);
  }
}
