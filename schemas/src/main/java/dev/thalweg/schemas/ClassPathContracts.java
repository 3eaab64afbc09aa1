package dev.thalweg.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The contracts that come with the library, listed in {@code contracts/index.txt}, a path and its
 * SHA-256 a line (a jar cannot be searched).
 */
public final class ClassPathContracts implements ContractSource {
  private static final String ROOT = "/contracts/";

  @Override
  public List<ContractFile> read() {
    return text("index.txt")
        .lines()
        .map(String::trim)
        .filter(line -> !line.isEmpty())
        .map(line -> line.split("\\s+", 2)[0])
        .map(this::file)
        .toList();
  }

  private ContractFile file(String path) {
    return new ContractFile(path, text(path));
  }

  private static String text(String path) {
    try (InputStream in = ClassPathContracts.class.getResourceAsStream(ROOT + path)) {
      if (in == null) {
        throw new ContractException(
            "contracts/" + path + " is not on the class path: build the schemas module");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new ContractException("contracts/" + path + " cannot be read", e);
    }
  }
}
