package dev.thalweg.cli.mapping;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelErrorCode;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A CEL expression over {@code row} that says whether a row yields an event. */
final class Condition {

  /** Whether a row meets a condition. */
  enum Outcome {
    HOLDS,
    FAILS,
    /**
     * The expression cannot be computed on this row, for instance because a value has another type.
     */
    UNDECIDED
  }

  private static final String ROW = "row";
  private static final CelRuntime RUNTIME = CelRuntimeFactory.standardCelRuntimeBuilder().build();
  private static final CelCompiler OF_TEXT = compiler(SimpleType.STRING);
  private static final CelCompiler OF_ANY = compiler(SimpleType.DYN);

  private final CelRuntime.Program program;
  private final List<String> columns;

  private Condition(CelRuntime.Program program, List<String> columns) {
    this.program = program;
    this.columns = columns;
  }

  private static CelCompiler compiler(CelType value) {
    return CelCompilerFactory.standardCelCompilerBuilder()
        .addVar(ROW, MapType.create(SimpleType.STRING, value))
        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
        .setResultType(SimpleType.BOOL)
        .build();
  }

  static Condition of(String expression, Format format) {
    try {
      CelAbstractSyntaxTree ast =
          (format == Format.CSV ? OF_TEXT : OF_ANY).compile(expression).getAst();
      return new Condition(RUNTIME.createProgram(ast), columns(ast));
    } catch (CelValidationException e) {
      throw new IllegalArgumentException(
          "'"
              + expression
              + "' is no condition over row: "
              + e.getErrors().stream()
                  .map(issue -> issue.getMessage().strip())
                  .collect(Collectors.joining(", ")),
          e);
    } catch (CelEvaluationException e) {
      throw new IllegalArgumentException(
          "'" + expression + "' is no condition over row: " + e.getMessage(), e);
    }
  }

  private static List<String> columns(CelAbstractSyntaxTree ast) {
    return CelNavigableAst.fromAst(ast)
        .getRoot()
        .allNodes()
        .flatMap(node -> column(node.expr()).stream())
        .distinct()
        .toList();
  }

  /** The column that {@code row.name} or {@code row['name']} reads. */
  private static Optional<String> column(CelExpr expression) {
    if (expression.exprKind().getKind() == CelExpr.ExprKind.Kind.SELECT) {
      CelExpr.CelSelect select = expression.select();
      return !select.testOnly() && isRow(select.operand())
          ? Optional.of(select.field())
          : Optional.empty();
    }
    return Stream.of(expression)
        .filter(e -> e.exprKind().getKind() == CelExpr.ExprKind.Kind.CALL)
        .map(CelExpr::call)
        .filter(call -> call.function().equals("_[_]") && isRow(call.args().get(0)))
        .map(call -> call.args().get(1))
        .filter(key -> key.exprKind().getKind() == CelExpr.ExprKind.Kind.CONSTANT)
        .map(CelExpr::constant)
        .filter(key -> key.getKind() == CelConstant.Kind.STRING_VALUE)
        .map(CelConstant::stringValue)
        .findFirst();
  }

  private static boolean isRow(CelExpr expression) {
    return expression.exprKind().getKind() == CelExpr.ExprKind.Kind.IDENT
        && expression.ident().name().equals(ROW);
  }

  /** The columns it reads by name. */
  List<String> columns() {
    return columns;
  }

  /** Judges a row. A condition over a column that the row does not have fails. */
  Outcome judge(Map<String, Object> values) {
    try {
      return Boolean.TRUE.equals(program.eval(Map.of(ROW, values))) ? Outcome.HOLDS : Outcome.FAILS;
    } catch (CelEvaluationException e) {
      return e.getErrorCode() == CelErrorCode.ATTRIBUTE_NOT_FOUND
          ? Outcome.FAILS
          : Outcome.UNDECIDED;
    }
  }
}
