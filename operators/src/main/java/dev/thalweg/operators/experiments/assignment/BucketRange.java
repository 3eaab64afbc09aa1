package dev.thalweg.operators.experiments.assignment;

/**
 * A part of the line from 0 to 1.
 *
 * @param start belongs to it
 * @param end does not
 */
public record BucketRange(double start, double end) {
  /** Whether a place lies in it. */
  public boolean contains(double place) {
    return place >= start && place < end;
  }
}
