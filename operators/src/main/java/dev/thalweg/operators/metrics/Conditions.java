package dev.thalweg.operators.metrics;

import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractException;
import dev.thalweg.schemas.EventCondition;
import dev.thalweg.schemas.EventCursor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The conditions on events of one contract; equal ones are one, evaluated once an event. */
final class Conditions {
  private static final int NONE = -1;

  private final Contract contract;
  private final Map<String, Integer> places = new HashMap<>();
  private final List<EventCondition> conditions = new ArrayList<>();
  private byte[] known = new byte[0];
  private EventCursor event;

  Conditions(Contract contract) {
    this.contract = contract;
  }

  /** Whether the contract has what the condition is about; where not, no event of it meets it. */
  boolean fit(String where) {
    try {
      return where.isEmpty() || EventCondition.compile(contract, where) != null;
    } catch (ContractException e) {
      return false;
    }
  }

  /** The condition's place; the empty one always holds. */
  int add(String where) {
    if (where.isEmpty()) {
      return NONE;
    }
    return places.computeIfAbsent(
        where,
        text -> {
          conditions.add(EventCondition.compile(contract, text));
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
