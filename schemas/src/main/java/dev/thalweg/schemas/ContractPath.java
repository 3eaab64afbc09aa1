package dev.thalweg.schemas;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the place of a contract's file says of it.
 *
 * @param event whether it describes an event; otherwise an internal record
 * @param type the event type (or record name) in snake_case
 * @param version the version, from 1
 */
public record ContractPath(boolean event, String type, int version) {
  private static final Pattern PATH =
      Pattern.compile("(events|records)/([a-z][a-z0-9_]*)/v([1-9][0-9]{0,5})\\.avsc");

  /** What that path says, relative to the directory of contracts; empty where it is no place. */
  public static Optional<ContractPath> of(String path) {
    Matcher matcher = PATH.matcher(path);
    return matcher.matches()
        ? Optional.of(
            new ContractPath(
                matcher.group(1).equals("events"),
                matcher.group(2),
                Integer.parseInt(matcher.group(3))))
        : Optional.empty();
  }

  /** The directory of all its versions, relative to the directory of contracts. */
  public String directory() {
    return (event ? "events/" : "records/") + type;
  }

  /** What the Avro namespace must end with, so that versions differ in fingerprint. */
  public String namespaceSuffix() {
    return (event ? ".events.v" : ".records.v") + version;
  }

  /** A record's name in snake_case: {@code OrderPlaced} is {@code order_placed}. */
  public static String snakeCase(String name) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isUpperCase(c) && i > 0) {
        out.append('_');
      }
      out.append(Character.toLowerCase(c));
    }
    return out.toString();
  }

  /** The path again. */
  @Override
  public String toString() {
    return directory() + "/v" + version + ".avsc";
  }
}
