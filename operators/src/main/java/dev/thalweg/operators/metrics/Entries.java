package dev.thalweg.operators.metrics;

/**
 * What is kept of the current subject, entry by entry. Whoever puts an entry asks to be woken for
 * it, and removes it then or asks again; so each has an end.
 *
 * @param <V> what an entry holds; never changed once it was put
 */
interface Entries<V> {
  /** The entry; null if there is none. */
  V get(TrackKey key);

  /** Puts an entry, in the place of one that is there. */
  void put(TrackKey key, V value);

  /** Removes the entry, if it is there. */
  void remove(TrackKey key);

  /** Asks to be woken for the entry as soon as event time has reached that moment. */
  void wakeAt(TrackKey key, long time);
}
