package dev.thalweg.operators.experiments.flags;

/**
 * What came of evaluating a flag.
 *
 * @param variant the variant's name; null where there is none
 * @param reason why
 * @param error null unless the reason is {@link Reason#ERROR}
 * @param message what is wrong, on one line; null unless the reason is {@link Reason#ERROR}
 */
public record Evaluation(String variant, Reason reason, ErrorCode error, String message) {
  static Evaluation of(String variant, Reason reason) {
    return new Evaluation(variant, reason, null, null);
  }

  static Evaluation error(ErrorCode error, String message) {
    return new Evaluation(null, Reason.ERROR, error, message.lines().findFirst().orElse(""));
  }
}
