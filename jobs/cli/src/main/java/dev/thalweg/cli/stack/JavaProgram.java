package dev.thalweg.cli.stack;

import dev.thalweg.cli.CommandFailure;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A main class on one of the runtimes that the build resolved, as a process of its own. */
public final class JavaProgram {

  private static final List<String> OPENS =
      List.of(
          "java.base/java.lang",
          "java.base/java.util",
          "java.base/java.time",
          "java.base/java.net",
          "java.base/java.nio",
          "java.base/sun.nio.ch");

  private final Path root;
  private final String runtime;
  private final List<String> options = new ArrayList<>();

  private JavaProgram(Path root, String runtime) {
    this.root = root;
    this.runtime = runtime;
    OPENS.forEach(packageName -> options.add("--add-opens=" + packageName + "=ALL-UNNAMED"));
  }

  /** A program of the runtime {@code flink} or {@code kafka}. */
  public static JavaProgram of(Path root, String runtime) {
    return new JavaProgram(root, runtime);
  }

  /** Adds options of the virtual machine. */
  public JavaProgram options(List<String> more) {
    options.addAll(more);
    return this;
  }

  /** Adds options of the virtual machine. */
  public JavaProgram options(String... more) {
    return options(List.of(more));
  }

  /** Logs to this file, by the log configuration of the local profile. */
  public JavaProgram logTo(Path log) {
    Path configuration = root.resolve("flink-conf").resolve("local").resolve("log4j2.properties");
    return options("-Dlog.file=" + log, "-Dlog4j2.configurationFile=" + configuration.toUri());
  }

  /** The command line that runs this main class. */
  public List<String> command(String mainClass, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add(mainClass);
    command.addAll(arguments);
    return command;
  }

  /** The class path goes in the environment, which keeps the list of processes readable. */
  public Map<String, String> environment() throws IOException {
    Path file =
        root.resolve("scripts")
            .resolve("runtime")
            .resolve(runtime)
            .resolve("target")
            .resolve("runtime.classpath");
    try {
      String classPath = Files.readString(file).strip();
      for (String entry : classPath.split(File.pathSeparator)) {
        if (!Files.exists(Path.of(entry))) {
          throw CommandFailure.failed(
              entry + " is gone: build again with ./mvnw -DskipTests package");
        }
      }
      return Map.of("CLASSPATH", classPath);
    } catch (NoSuchFileException e) {
      throw CommandFailure.failed(file + " is missing: build with ./mvnw -DskipTests package", e);
    }
  }
}
