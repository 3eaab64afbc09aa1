package dev.thalweg.schemas;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.values.CelByteString;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Evaluates any rule with the CEL runtime; fields are decoded when the expression asks for them.
 */
final class CelRuleCheck implements RuleCheck {
  private final CelRuntime.Program program;
  private final int[] fields;
  private EventCursor event;

  CelRuleCheck(CelEnvironment environment, CelAbstractSyntaxTree ast, Contract contract) {
    this(environment.program(ast), positions(ast, contract));
  }

  /**
   * A check by a program that others may use too.
   *
   * @param fields positions of the fields it speaks of
   */
  CelRuleCheck(CelRuntime.Program program, int[] fields) {
    this.program = program;
    this.fields = fields;
  }

  /** The positions of the fields that an expression speaks of. */
  static int[] positions(CelAbstractSyntaxTree ast, Contract contract) {
    return ast.getReferenceMap().values().stream()
        .map(reference -> contract.field(reference.name()))
        .filter(Objects::nonNull)
        .mapToInt(ContractField::position)
        .distinct()
        .toArray();
  }

  @Override
  public boolean holds(EventCursor event) {
    for (int field : fields) {
      if (event.isNull(field)) {
        return true;
      }
    }
    this.event = event;
    try {
      return Boolean.TRUE.equals(program.eval(this::value));
    } catch (CelEvaluationException e) {
      // An expression without a value (a division by zero, say) does not hold.
      return false;
    }
  }

  private Optional<Object> value(String name) {
    if (name.equals(EventDecoder.EVENT_TYPE)) {
      return Optional.of(event.contract().type());
    }
    ContractField field = event.contract().field(name);
    return field == null ? Optional.empty() : Optional.of(value(field));
  }

  private Object value(ContractField field) {
    int i = field.position();
    return switch (field.type()) {
      case STRING -> event.text(i);
      case INT, LONG -> event.longValue(i);
      case TIMESTAMP -> Instant.ofEpochMilli(event.longValue(i));
      case FLOAT, DOUBLE -> event.doubleValue(i);
      case BOOLEAN -> event.booleanValue(i);
      case BYTES -> CelByteString.of(event.bytes(i));
      case STRING_MAP -> throw new IllegalStateException("maps have no place in events");
    };
  }
}
