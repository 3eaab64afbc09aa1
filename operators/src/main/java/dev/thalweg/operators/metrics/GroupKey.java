package dev.thalweg.operators.metrics;

/** A group as text, to be a key: one that hashes alike on every machine. */
public final class GroupKey {
  private static final char SEPARATOR = '\n';

  private GroupKey() {}

  /** The key. Names have no line breaks, nor has JSON. */
  public static String of(ViewGroup group) {
    return group.kind().name() + SEPARATOR + group.name() + SEPARATOR + group.dimensions();
  }

  static ViewGroup parse(String key) {
    int first = key.indexOf(SEPARATOR);
    int second = key.indexOf(SEPARATOR, first + 1);
    return new ViewGroup(
        ViewGroup.Kind.valueOf(key.substring(0, first)),
        key.substring(first + 1, second),
        key.substring(second + 1));
  }
}
