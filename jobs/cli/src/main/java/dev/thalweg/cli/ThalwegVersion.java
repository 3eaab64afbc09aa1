package dev.thalweg.cli;

import dev.thalweg.jobs.PipelineVersion;
import picocli.CommandLine.IVersionProvider;

/** Answers {@code --version}. */
final class ThalwegVersion implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {PipelineVersion.current()};
  }
}
