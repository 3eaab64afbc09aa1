package dev.thalweg.cli.stack;

import dev.thalweg.cli.CommandFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL's programs, unpacked once from the archive on the class path. */
final class PostgresPrograms {

  private static final int OWNER_EXECUTE = 0100;

  private PostgresPrograms() {}

  /** The directory that holds {@code bin}, below {@code parent}. */
  static Path unpack(Path parent) throws IOException {
    String archive = archiveName();
    URL resource = PostgresPrograms.class.getResource("/" + archive);
    if (resource == null) {
      throw CommandFailure.failed(
          "there is no PostgreSQL for this machine ("
              + archive
              + "): run one yourself and set POSTGRES_URL");
    }
    Path target = parent.resolve(directoryName(resource));
    if (Files.isDirectory(target)) {
      return target;
    }
    Files.createDirectories(parent);
    Path unfinished = Files.createTempDirectory(parent, "unpacking-");
    try {
      try (InputStream stream = resource.openStream()) {
        extract(stream, unfinished);
      }
      Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      FileTree.delete(unfinished);
    }
    return target;
  }

  private static void extract(InputStream stream, Path target) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(stream)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("the archive leads outside: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(path);
          continue;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
          Files.copy(target.resolve(entry.getLinkName()), path);
        } else {
          Files.copy(tar, path);
          boolean executable = (entry.getMode() & OWNER_EXECUTE) != 0;
          Files.setPosixFilePermissions(
              path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
      }
    }
  }

  private static String archiveName() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return "postgres-%s-%s.txz"
        .formatted(
            system.contains("mac") ? "darwin" : system.replace(' ', '_'),
            machine.equals("aarch64") ? "arm_64" : machine.replace("amd64", "x86_64"));
  }

  private static String directoryName(URL resource) {
    String jar = resource.toString().replaceFirst("!/.*$", "");
    return jar.substring(jar.lastIndexOf('/') + 1).replaceFirst("\\.(jar|txz)$", "");
  }
}
