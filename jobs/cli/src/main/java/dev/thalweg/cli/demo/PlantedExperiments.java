package dev.thalweg.cli.demo;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.jobs.config.ConfigException;
import dev.thalweg.jobs.experiments.ExperimentFile;
import dev.thalweg.operators.experiments.assignment.Assignment;
import dev.thalweg.operators.experiments.definition.Allocation;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.schemas.ContractCatalog;
import java.nio.file.Path;
import java.util.List;

/**
 * The experiments that the made-up shop runs on its known users, with their planted truth.
 *
 * @param withEffect its treatment makes more orders of carts
 * @param withoutEffect its variants are alike, but most of treatment's exposures are refused
 */
public record PlantedExperiments(
    ExperimentDefinition withEffect, ExperimentDefinition withoutEffect) {

  /** A cart of anybody else becomes an order so often. */
  static final double ORDERS_CART = 0.35;

  private static final double TREATMENT_ORDERS_CART = 0.85;

  /** Refuses experiments whose truth could not be planted. */
  public PlantedExperiments {
    requireTwoArms(withEffect);
    requireTwoArms(withoutEffect);
  }

  private static void requireTwoArms(ExperimentDefinition definition) {
    if (definition.design().allocation().variants().size() != 2) {
      throw new IllegalArgumentException(definition.experiment() + " must have two variants");
    }
  }

  /** As {@code flink-conf/experiments/demo} below the root defines them. */
  public static PlantedExperiments read(Path root, ContractCatalog catalog) {
    Path directory = root.resolve("flink-conf").resolve("experiments").resolve("demo");
    try {
      return new PlantedExperiments(
          ExperimentFile.read(directory.resolve("new-checkout.yaml"), catalog),
          ExperimentFile.read(directory.resolve("search-ranking.yaml"), catalog));
    } catch (ConfigException e) {
      throw CommandFailure.wrongInput(e);
    }
  }

  /** Both of them. */
  public List<ExperimentDefinition> definitions() {
    return List.of(withEffect, withoutEffect);
  }

  /** What a visit of the user tells first. */
  List<PlantedExposure> exposures(String user, boolean hasFaultyClient) {
    String ranking = variant(withoutEffect, user);
    boolean refused = hasFaultyClient && !isBaseline(withoutEffect, ranking);
    return List.of(
        new PlantedExposure(withEffect.experiment(), variant(withEffect, user), false),
        new PlantedExposure(withoutEffect.experiment(), ranking, refused));
  }

  /** How likely a cart of the user becomes an order. */
  double ordersCart(String user) {
    return isBaseline(withEffect, variant(withEffect, user)) ? ORDERS_CART : TREATMENT_ORDERS_CART;
  }

  private static boolean isBaseline(ExperimentDefinition definition, String variant) {
    return variant.equals(definition.design().allocation().baseline());
  }

  private static String variant(ExperimentDefinition definition, String user) {
    Allocation allocation = definition.design().allocation();
    Assignment assignment = allocation.assignment();
    return allocation.variants().get(assignment.arm(user)).name();
  }
}
