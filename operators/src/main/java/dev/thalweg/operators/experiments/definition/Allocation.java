package dev.thalweg.operators.experiments.definition;

import dev.thalweg.operators.experiments.assignment.Assignment;
import dev.thalweg.operators.experiments.assignment.Bucketing;
import dev.thalweg.operators.experiments.assignment.Weights;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * Which unit gets which variant. Whom the rule of {@code targeting} does not name, and who has no
 * unit, takes no part.
 *
 * @param unit the field that tells units apart
 * @param variants the arms, in the order in which they lie on the line of {@link Weights}
 * @param baseline the variant that the others are compared with
 * @param salt makes experiments independent of one another
 * @param bucketing how units are hashed
 * @param targeting who takes part: a rule in JSON-logic, written without spaces; empty for all
 */
public record Allocation(
    String unit,
    List<Variant> variants,
    String baseline,
    String salt,
    Bucketing bucketing,
    String targeting)
    implements Serializable {
  private static final int LONGEST_SALT = 200;

  /** Refuses what does not fit together, with the key that is wrong first in the message. */
  public Allocation {
    Values.snakeCase("unit", unit);
    variants = List.copyOf(variants);
    Variant.check(variants);
    List<String> names = variants.stream().map(Variant::name).toList();
    Values.require(
        names.contains(baseline),
        "baseline",
        "%s is no variant; there are: %s"
            .formatted(Values.quoted(baseline), String.join(", ", names)));
    Values.require(
        !salt.isEmpty() && salt.length() <= LONGEST_SALT,
        "salt",
        "must have from 1 to " + LONGEST_SALT + " characters");
    Objects.requireNonNull(bucketing, "bucketing");
    targeting = targeting.isEmpty() ? "" : TargetingText.written(targeting);
  }

  /** The shares of the variants. */
  public Weights weights() {
    return Weights.of(variants.stream().mapToInt(Variant::weight).toArray());
  }

  /** Gives each unit the place of its variant, whether or not the rule names it. */
  public Assignment assignment() {
    return bucketing.assignment(salt, weights());
  }
}
