package dev.thalweg.schemas.testkit;

import dev.thalweg.schemas.SchemaRegistry;
import dev.thalweg.schemas.SchemaRegistryException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.avro.Schema;

/** A schema registry in memory that can go away, and notes what it was asked. */
public final class TestRegistry implements SchemaRegistry {
  private final Map<Integer, String> texts = new LinkedHashMap<>();
  private final Map<String, Integer> ids = new LinkedHashMap<>();
  private final List<String> asked = new ArrayList<>();
  private boolean away;

  /** Puts a text of any kind under an id. */
  public TestRegistry put(int id, String text) {
    texts.put(id, text);
    return this;
  }

  /** Gives no answers from now on. */
  public TestRegistry goAway() {
    away = true;
    return this;
  }

  /** Answers again. */
  public TestRegistry comeBack() {
    away = false;
    return this;
  }

  /** What it was asked since this was asked last. */
  public List<String> asked() {
    List<String> all = List.copyOf(asked);
    asked.clear();
    return all;
  }

  @Override
  public String schema(int id) {
    answer("schema " + id);
    return texts.get(id);
  }

  @Override
  public OptionalInt find(String subject, Schema schema) {
    answer("find " + subject);
    Integer id = ids.get(key(subject, schema));
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  @Override
  public int register(String subject, Schema schema) {
    answer("register " + subject);
    return ids.computeIfAbsent(
        key(subject, schema),
        key -> {
          texts.put(texts.size() + 1, schema.toString());
          return texts.size();
        });
  }

  @Override
  public boolean answers() {
    return !away;
  }

  private void answer(String question) {
    asked.add(question);
    if (away) {
      throw new SchemaRegistryException("the registry is away");
    }
  }

  private static String key(String subject, Schema schema) {
    return subject + " " + schema;
  }
}
