package dev.thalweg.operators.metrics;

import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.EventCondition;
import dev.thalweg.schemas.EventConditions;
import dev.thalweg.schemas.EventCursor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The conditions on events of one contract; equal ones are one, evaluated once an event. */
final class Conditions {
  private static final int NONE = -1;

  private final EventConditions compiler;
  private final Contract contract;
  private final Map<String, Integer> places = new HashMap<>();
  private final List<EventCondition> conditions = new ArrayList<>();
  private byte[] known = new byte[0];
  private EventCursor event;

  Conditions(EventConditions compiler, Contract contract) {
    this.compiler = compiler;
    this.contract = contract;
  }

  /** Whether the contract has what the condition is about; where not, no event of it meets it. */
  boolean fit(String where) {
    return where.isEmpty() || compiler.compile(where, contract).isPresent();
  }

  /** The condition's place; the empty one always holds. */
  int add(String where) {
    if (where.isEmpty()) {
      return NONE;
    }
    return places.computeIfAbsent(
        where,
        text -> {
          conditions.add(compiler.compile(text, contract).orElseThrow());
          known = new byte[conditions.size()];
          return conditions.size() - 1;
        });
  }

  /** Begins with another event. */
  void next(EventCursor other) {
    event = other;
    java.util.Arrays.fill(known, (byte) 0);
  }

  /** Whether the condition at that place holds for the event. */
  boolean hold(int place) {
    if (place == NONE) {
      return true;
    }
    if (known[place] == 0) {
      known[place] = (byte) (conditions.get(place).holds(event) ? 1 : 2);
    }
    return known[place] == 1;
  }
}
