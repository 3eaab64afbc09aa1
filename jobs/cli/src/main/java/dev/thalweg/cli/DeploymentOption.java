package dev.thalweg.cli;

import dev.thalweg.jobs.Deployment;
import picocli.CommandLine.Option;

/** {@code --deployment NAME}, for commands that meet names which a deployment prefixes. */
public final class DeploymentOption {

  @Option(
      names = "--deployment",
      paramLabel = "NAME",
      defaultValue = "",
      description =
          "one of several deployments on the same cluster; its name prefixes topics and schema")
  private String name;

  /** The deployment; what is no name is wrong input. */
  public Deployment get() {
    try {
      return new Deployment(name);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.wrongInput(
          "--deployment '" + name + "' is no name: " + e.getMessage(), e);
    }
  }
}
