package dev.thalweg.cli.demo;

import dev.thalweg.cli.record.OutgoingRecord;
import dev.thalweg.cli.record.ProfileEncoder;
import dev.thalweg.schemas.ContractCatalog;
import java.util.Iterator;
import java.util.stream.IntStream;

/** The profiles of those known users who have one; they hold from 1970 on. */
public final class ProfileGenerator {

  private final Population population;
  private final ProfileEncoder encoder;

  /** A generator of the profiles of a plan's users. */
  public ProfileGenerator(DemoPlan plan, ContractCatalog catalog) {
    this.population = new Population(plan);
    this.encoder = new ProfileEncoder(catalog);
  }

  /** The profiles, one a user. */
  public Iterator<OutgoingRecord> profiles() {
    return IntStream.range(0, population.users())
        .filter(population::hasProfile)
        .mapToObj(
            user -> encoder.encode(population.id(user), 0, population.profile(user), user + 1L))
        .iterator();
  }
}
