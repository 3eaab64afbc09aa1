package dev.thalweg.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this build. */
public final class PipelineVersion {
  private PipelineVersion() {}

  /** The version, as the build wrote it. */
  public static String current() {
    try (InputStream in = PipelineVersion.class.getResourceAsStream("/thalweg.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
