package dev.thalweg.operators.experiments.drops;

import dev.thalweg.operators.decode.*;
import dev.thalweg.operators.event.*;
import dev.thalweg.operators.experiments.attribution.*;
import dev.thalweg.operators.experiments.definition.*;
import java.time.Duration;
import java.util.List;

/** Stub. */
public final class JoinDeadLetters extends ExperimentsOperator<PhaseDelta> {
  /** Stub. */
  public JoinDeadLetters(CatalogFactory c, RegistryFactory r, Duration d) {
    super(d);
  }

  @Override
  protected void use(List<ExperimentDefinition> all) {}

  @Override
  protected void process(RawRecord r) {}

  @Override
  protected void flush() {}
}
