package dev.thalweg.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of the code, as the build wrote it down. */
final class ThalwegVersion implements IVersionProvider {

  private static final String RESOURCE = "/thalweg-version.properties";

  static String current() {
    try (InputStream stream = ThalwegVersion.class.getResourceAsStream(RESOURCE)) {
      Properties properties = new Properties();
      properties.load(stream);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw CommandFailure.failed("cannot read " + RESOURCE, e);
    }
  }

  @Override
  public String[] getVersion() {
    return new String[] {current()};
  }
}
