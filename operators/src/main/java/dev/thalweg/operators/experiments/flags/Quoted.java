package dev.thalweg.operators.experiments.flags;

import com.fasterxml.jackson.databind.node.TextNode;

/** Names in messages. */
final class Quoted {
  private Quoted() {}

  /** The name in quotes, on one line whatever it holds. */
  static String of(String name) {
    return TextNode.valueOf(name).toString();
  }
}
