package dev.thalweg.operators.event;

import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.EventCursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The conditions on events of one contract; equal ones are one, evaluated once an event. Not thread
 * safe.
 */
public final class Conditions {
  private static final int NONE = -1;

  private final Compiler compiler;
  private final Contract contract;
  private final Map<String, Optional<Predicate<EventCursor>>> compiled = new HashMap<>();
  private final Map<String, Integer> places = new HashMap<>();
  private final List<Predicate<EventCursor>> conditions = new ArrayList<>();

  /** The number of the event that a condition was last evaluated for, negative if not met. */
  private int[] known = new int[0];

  private int number;
  private EventCursor event;

  /** Makes a condition of its text; empty where the contract has not what it is about. */
  public interface Compiler {
    /** The condition; empty where no event of the contract can meet it. */
    Optional<Predicate<EventCursor>> compile(String where, Contract contract);
  }

  /** Conditions on events of that contract. */
  public Conditions(Compiler compiler, Contract contract) {
    this.compiler = compiler;
    this.contract = contract;
  }

  /** Whether the contract has what the condition is about; where not, no event of it meets it. */
  public boolean fit(String where) {
    return where.isEmpty() || compile(where).isPresent();
  }

  private Optional<Predicate<EventCursor>> compile(String where) {
    return compiled.computeIfAbsent(where, text -> compiler.compile(text, contract));
  }

  /** The condition's place; the empty one always holds. */
  public int add(String where) {
    if (where.isEmpty()) {
      return NONE;
    }
    return places.computeIfAbsent(
        where,
        text -> {
          conditions.add(compile(text).orElseThrow());
          known = new int[conditions.size()];
          return conditions.size() - 1;
        });
  }

  /** Begins with another event. */
  public void next(EventCursor other) {
    event = other;
    if (number == Integer.MAX_VALUE) {
      number = 0;
      Arrays.fill(known, 0);
    }
    number++;
  }

  /** Whether the condition at that place holds for the event. */
  public boolean hold(int place) {
    if (place == NONE) {
      return true;
    }
    if (known[place] != number && known[place] != -number) {
      known[place] = conditions.get(place).test(event) ? number : -number;
    }
    return known[place] == number;
  }
}
