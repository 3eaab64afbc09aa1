package dev.thalweg.cli.produce;

/** Is told now and then how far sending is. */
@FunctionalInterface
public interface SendProgress {

  /**
   * Takes note.
   *
   * @param sent records handed to the producer so far
   * @param acknowledged records the broker has so far
   */
  void update(long sent, long acknowledged);

  /** Nobody looks. */
  static SendProgress silent() {
    return (sent, acknowledged) -> {};
  }
}
