package dev.thalweg.jobs.testkit;

import java.nio.file.Path;

/** Finds files of the repository from tests. */
public final class Repository {
  private Repository() {}

  /** A file by its path from the root. */
  public static Path file(String path) {
    String root = System.getenv("THALWEG_ROOT");
    return (root == null ? Path.of("..") : Path.of(root)).resolve(path).normalize();
  }

  /** Whether files that are generated are to be written anew instead of compared. */
  public static boolean regenerate() {
    return Boolean.getBoolean("thalweg.regenerate");
  }
}
