package dev.thalweg.schemas.lint;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The released files and their hashes, as {@code index.txt} lists them: a path and a SHA-256 a
 * line. What it lists never changes again. Immutable.
 */
public final class ReleaseIndex {
  /** Its file's name, in the directory of contracts. */
  public static final String FILE = "index.txt";

  /** Of a directory in which nothing is released. */
  public static final ReleaseIndex EMPTY = new ReleaseIndex(Map.of(), List.of());

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  private final Map<String, String> hashes;
  private final List<BadLine> badLines;

  private ReleaseIndex(Map<String, String> hashes, List<BadLine> badLines) {
    this.hashes = new TreeMap<>(hashes);
    this.badLines = List.copyOf(badLines);
  }

  /**
   * A line that says nothing.
   *
   * @param number from 1
   * @param reason why
   */
  record BadLine(int number, String reason) {}

  /** Reads the text of an index; lines that say nothing are kept as findings. */
  public static ReleaseIndex parse(String text) {
    Map<String, String> hashes = new LinkedHashMap<>();
    List<BadLine> bad = new ArrayList<>();
    List<String> lines = text.lines().map(String::strip).toList();
    for (int i = 0; i < lines.size(); i++) {
      String[] words = lines.get(i).split("\\s+");
      if (lines.get(i).isEmpty()) {
        continue;
      }
      if (words.length != 2 || !HASH.matcher(words[1]).matches()) {
        bad.add(new BadLine(i + 1, "is not a path and a SHA-256 in lower case"));
      } else if (hashes.putIfAbsent(words[0], words[1]) != null) {
        bad.add(new BadLine(i + 1, "lists " + words[0] + " again"));
      }
    }
    return new ReleaseIndex(hashes, bad);
  }

  /** SHA-256 of a file's text without carriage returns, in hexadecimal. */
  public static String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] bytes = text.replace("\r", "").getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(digest.digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Whether that file is released. */
  public boolean lists(String path) {
    return hashes.containsKey(path);
  }

  /** The released files. */
  public Set<String> paths() {
    return java.util.Collections.unmodifiableSet(hashes.keySet());
  }

  /** The hash of a released file, or null. */
  String hashOf(String path) {
    return hashes.get(path);
  }

  List<BadLine> badLines() {
    return badLines;
  }

  /** An index that lists these files too. */
  public ReleaseIndex with(Map<String, String> textsByPath) {
    Map<String, String> all = new TreeMap<>(hashes);
    textsByPath.forEach((path, text) -> all.put(path, hash(text)));
    return new ReleaseIndex(all, List.of());
  }

  /** The lines, by path. */
  public String text() {
    StringBuilder out = new StringBuilder();
    hashes.forEach((path, hash) -> out.append(path).append(' ').append(hash).append('\n'));
    return out.toString();
  }
}
