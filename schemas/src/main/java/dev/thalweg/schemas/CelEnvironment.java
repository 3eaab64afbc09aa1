package dev.thalweg.schemas;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Compiles CEL conditions over the fields of one contract. */
final class CelEnvironment {
  private final String owner;
  private final Cel cel;

  CelEnvironment(Contract contract) {
    this(
        contract.toString(),
        contract.fields().stream()
            .collect(Collectors.toMap(ContractField::name, ContractField::type)));
  }

  /**
   * An environment of those fields.
   *
   * @param owner whose rules they are, for messages
   * @param fields types by name
   */
  CelEnvironment(String owner, Map<String, FieldType> fields) {
    this(owner, fields, Set.of());
  }

  private CelEnvironment(String owner, Map<String, FieldType> fields, Set<String> untyped) {
    this.owner = owner;
    CelBuilder builder =
        CelFactory.standardCelBuilder()
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addCompilerLibraries(CelExtensions.math(), CelExtensions.strings())
            .addRuntimeLibraries(CelExtensions.math(), CelExtensions.strings())
            .setResultType(SimpleType.BOOL);
    fields.forEach((name, type) -> builder.addVar(name, type(type)));
    untyped.forEach(name -> builder.addVar(name, SimpleType.DYN));
    cel = builder.build();
  }

  /** An environment of those fields, of fields whose type is open, and of the event type's name. */
  static CelEnvironment ofConditions(Map<String, FieldType> fields, Set<String> untyped) {
    Map<String, FieldType> all = new HashMap<>(fields);
    all.put(EventDecoder.EVENT_TYPE, FieldType.STRING);
    return new CelEnvironment("condition", all, untyped);
  }

  private static CelType type(FieldType type) {
    return switch (type) {
      case STRING -> SimpleType.STRING;
      case INT, LONG -> SimpleType.INT;
      case TIMESTAMP -> SimpleType.TIMESTAMP;
      case FLOAT, DOUBLE -> SimpleType.DOUBLE;
      case BOOLEAN -> SimpleType.BOOL;
      case BYTES -> SimpleType.BYTES;
      case STRING_MAP -> SimpleType.DYN;
    };
  }

  CelAbstractSyntaxTree compile(Rule rule) {
    try {
      return cel.compile(rule.expression()).getAst();
    } catch (CelValidationException e) {
      throw new ContractException(
          owner + ": rule " + rule.name() + " does not compile: " + firstLine(e), e);
    }
  }

  CelAbstractSyntaxTree compileCondition(String expression) {
    try {
      return cel.compile(expression).getAst();
    } catch (CelValidationException e) {
      String reason = firstLine(e).replaceFirst(" \\(candidates: .*", "");
      throw new ContractException("does not compile: " + reason, e);
    } catch (RuntimeException | StackOverflowError e) {
      throw new ContractException("the compiler fails with " + e.getClass().getSimpleName(), e);
    }
  }

  /** Why that expression does not compile; empty where it does. */
  Optional<String> problem(String expression) {
    try {
      cel.compile(expression).getAst();
      return Optional.empty();
    } catch (CelValidationException e) {
      return Optional.of(firstLine(e));
    }
  }

  private static String firstLine(CelValidationException e) {
    return e.getMessage().lines().findFirst().orElse("");
  }

  CelRuntime.Program program(CelAbstractSyntaxTree ast) {
    try {
      return cel.createProgram(ast);
    } catch (CelEvaluationException e) {
      throw new ContractException(owner + ": rule cannot be planned: " + e.getMessage(), e);
    }
  }
}
