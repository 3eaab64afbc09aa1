package dev.thalweg.schemas;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The common form of a rule, a field compared with a literal, evaluated on the encoded bytes: no
 * decoding, no allocation. Same answers as the CEL runtime.
 */
final class ComparisonCheck {
  private ComparisonCheck() {}

  /** The check for that expression; empty where it has another form. */
  static Optional<RuleCheck> of(CelExpr expression, Contract contract) {
    if (expression.getKind() != CelExpr.ExprKind.Kind.CALL
        || expression.call().args().size() != 2) {
      return Optional.empty();
    }
    String operator = expression.call().function();
    List<CelExpr> args = expression.call().args();
    if (args.get(0).getKind() != CelExpr.ExprKind.Kind.IDENT
        || args.get(1).getKind() != CelExpr.ExprKind.Kind.CONSTANT) {
      return Optional.empty();
    }
    ContractField field = contract.field(args.get(0).ident().name());
    CelConstant literal = args.get(1).constant();
    if (field == null) {
      return Optional.empty();
    }
    return switch (field.type()) {
      case INT, LONG ->
          literal.getKind() == CelConstant.Kind.INT64_VALUE
              ? ofLong(operator, field.position(), literal.int64Value())
              : Optional.empty();
      case STRING ->
          literal.getKind() == CelConstant.Kind.STRING_VALUE
              ? ofText(operator, field.position(), literal.stringValue())
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<RuleCheck> ofLong(String operator, int field, long literal) {
    return Optional.ofNullable(
        switch (operator) {
          case "_>=_" -> event -> event.isNull(field) || event.longValue(field) >= literal;
          case "_>_" -> event -> event.isNull(field) || event.longValue(field) > literal;
          case "_<=_" -> event -> event.isNull(field) || event.longValue(field) <= literal;
          case "_<_" -> event -> event.isNull(field) || event.longValue(field) < literal;
          case "_==_" -> event -> event.isNull(field) || event.longValue(field) == literal;
          case "_!=_" -> event -> event.isNull(field) || event.longValue(field) != literal;
          default -> null;
        });
  }

  private static Optional<RuleCheck> ofText(String operator, int field, String literal) {
    byte[] utf8 = literal.getBytes(StandardCharsets.UTF_8);
    return Optional.ofNullable(
        switch (operator) {
          case "_==_" -> event -> event.isNull(field) || equal(event, field, utf8);
          case "_!=_" -> event -> event.isNull(field) || !equal(event, field, utf8);
          default -> null;
        });
  }

  private static boolean equal(EventCursor event, int field, byte[] utf8) {
    int length = event.contentLength(field);
    if (length != utf8.length) {
      return false;
    }
    int start = event.contentStart(field);
    return Arrays.equals(event.source(), start, start + length, utf8, 0, utf8.length);
  }
}
