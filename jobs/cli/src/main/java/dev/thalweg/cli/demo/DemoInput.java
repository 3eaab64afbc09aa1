package dev.thalweg.cli.demo;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.cli.RootCause;
import dev.thalweg.cli.input.InputException;
import dev.thalweg.cli.input.InputFile;
import dev.thalweg.cli.mapping.Mapping;
import dev.thalweg.cli.mapping.MappingException;
import dev.thalweg.cli.mapping.MappingFile;
import dev.thalweg.cli.record.OutgoingRecord;
import dev.thalweg.schemas.ContractCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Supplier;

/** What a demo sends: a made-up stream whose truth is known, or a file. */
public final class DemoInput {
  private final Iterator<OutgoingRecord> profiles;
  private final Iterator<OutgoingRecord> events;
  private final Supplier<Optional<Truth>> truth;
  private final Optional<PlantedExperiments> experiments;
  private final String description;

  private DemoInput(
      Iterator<OutgoingRecord> profiles,
      Iterator<OutgoingRecord> events,
      Supplier<Optional<Truth>> truth,
      Optional<PlantedExperiments> experiments,
      String description) {
    this.profiles = profiles;
    this.events = events;
    this.truth = truth;
    this.experiments = experiments;
    this.description = description;
  }

  /** A made-up stream. */
  public static DemoInput generated(
      long events, long seed, Instant now, PlantedExperiments experiments) {
    ContractCatalog catalog = ContractCatalog.fromClassPath();
    DemoPlan plan = DemoPlan.of(events, seed, now);
    EventGenerator generator = new EventGenerator(plan, catalog, experiments);
    return new DemoInput(
        new ProfileGenerator(plan, catalog).profiles(),
        generator,
        () -> Optional.of(generator.truth()),
        Optional.of(experiments),
        "%,d records of a made-up shop, seed %d".formatted(events, seed));
  }

  /** A file; fails in one line if it cannot be read as the mapping says. */
  public static DemoInput ofFile(Path file, Optional<Path> mapping) {
    try {
      Optional<Mapping> read =
          mapping.isPresent() ? Optional.of(MappingFile.read(mapping.get())) : Optional.empty();
      InputFile input = InputFile.open(file, read, ContractCatalog.fromClassPath());
      return new DemoInput(
          Collections.emptyIterator(), input, Optional::empty, Optional.empty(), file.toString());
    } catch (InputException | MappingException e) {
      throw CommandFailure.wrongInput(e.getMessage(), e);
    } catch (IOException e) {
      throw CommandFailure.wrongInput("cannot read the input: " + RootCause.of(e), e);
    }
  }

  Iterator<OutgoingRecord> profiles() {
    return profiles;
  }

  Iterator<OutgoingRecord> events() {
    return events;
  }

  /** What must have become of the events sent so far, where that is known. */
  Optional<Truth> truth() {
    return truth.get();
  }

  /** The experiments in it, where they are known. */
  Optional<PlantedExperiments> experiments() {
    return experiments;
  }

  @Override
  public String toString() {
    return description;
  }
}
