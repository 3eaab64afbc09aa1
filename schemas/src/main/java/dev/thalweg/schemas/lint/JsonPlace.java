package dev.thalweg.schemas.lint;

import java.util.regex.Pattern;

/**
 * A place in a JSON document, written out only when a finding asks for it.
 *
 * @param parent where this is a part of; null at the root
 * @param key of an object's member; null for an element
 * @param index of a list's element
 */
record JsonPlace(JsonPlace parent, String key, int index) {
  static final JsonPlace ROOT = new JsonPlace(null, null, 0);

  private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  JsonPlace member(String name) {
    return new JsonPlace(this, name, 0);
  }

  JsonPlace element(int position) {
    return new JsonPlace(this, null, position);
  }

  /** The JSON path, {@code $.fields[3]}. */
  @Override
  public String toString() {
    if (parent == null) {
      return "$";
    }
    if (key == null) {
      return parent + "[" + index + "]";
    }
    return PLAIN_KEY.matcher(key).matches()
        ? parent + "." + key
        : parent + "['" + OneLine.of(key).replace("'", "\\'") + "']";
  }
}
