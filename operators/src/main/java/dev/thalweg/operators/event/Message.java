package dev.thalweg.operators.event;

/**
 * What travels through a pipeline. Events, and what must arrive together with them (refused
 * records, profiles), share one stream, so that one shuffle and one chain of operators carry them
 * all; each operator acts on the kind it knows and passes on the rest.
 */
public sealed interface Message permits Event, DeadLetter, Profile, Duplicate, Waiting {
  /**
   * The key of the one shuffle: the subject of an event, the user of a profile, anything that
   * spreads for the rest. Never null.
   */
  String key();
}
