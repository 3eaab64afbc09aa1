package dev.thalweg.jobs.config;

import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A part of a file that is more than keys and values, and is left to who understands it.
 *
 * @param file where it stands
 * @param node what stands there
 */
public record Branch(String file, Node node) {
  /** Whether the key has no value. */
  public boolean isEmpty() {
    return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
  }
}
