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

/** Compiles CEL conditions over the fields of one contract. */
final class CelEnvironment {
  private final Contract contract;
  private final Cel cel;

  CelEnvironment(Contract contract) {
    this.contract = contract;
    CelBuilder builder =
        CelFactory.standardCelBuilder()
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addCompilerLibraries(CelExtensions.math(), CelExtensions.strings())
            .addRuntimeLibraries(CelExtensions.math(), CelExtensions.strings())
            .setResultType(SimpleType.BOOL);
    contract.fields().forEach(field -> builder.addVar(field.name(), type(field.type())));
    cel = builder.build();
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
      String reason = e.getMessage().lines().findFirst().orElse("");
      throw new ContractException(
          contract + ": rule " + rule.name() + " does not compile: " + reason, e);
    }
  }

  CelRuntime.Program program(CelAbstractSyntaxTree ast) {
    try {
      return cel.createProgram(ast);
    } catch (CelEvaluationException e) {
      throw new ContractException(contract + ": rule cannot be planned: " + e.getMessage(), e);
    }
  }
}
