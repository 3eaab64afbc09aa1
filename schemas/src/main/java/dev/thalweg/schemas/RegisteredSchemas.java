package dev.thalweg.schemas;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * Remembers which schema an id stands for, by the fingerprint of its parsing form: contracts found
 * later need no second question, and a schema may say more than the contract (a doc, an owner). An
 * id without a schema is not remembered, as it may get one. Not thread safe.
 */
public final class RegisteredSchemas {
  private static final int MOST = 100_000;

  /** Of a schema that is not Avro; no contract has it, but by a chance of 1 to 2^64. */
  private static final long NOT_AVRO = 0;

  private final SchemaRegistry registry;
  private final Map<Integer, Long> fingerprints = new HashMap<>();

  /** Asks that registry. */
  public RegisteredSchemas(SchemaRegistry registry) {
    this.registry = Objects.requireNonNull(registry, "registry");
  }

  /**
   * The fingerprint of the schema of that id; null if there is none.
   *
   * @throws SchemaRegistryException if it is not known here, and the registry gives no answer
   */
  public Long fingerprint(int id) {
    Long known = fingerprints.get(id);
    if (known != null) {
      return known;
    }
    String text = registry.schema(id);
    if (text == null) {
      return null;
    }
    long fingerprint = fingerprint(text);
    put(id, fingerprint);
    return fingerprint;
  }

  /** Remembers that the id stands for a schema of that fingerprint. */
  void put(int id, long fingerprint) {
    if (fingerprints.size() >= MOST) {
      fingerprints.clear();
    }
    fingerprints.put(id, fingerprint);
  }

  private static long fingerprint(String text) {
    try {
      return SchemaNormalization.parsingFingerprint64(new Schema.Parser().parse(text));
    } catch (RuntimeException | StackOverflowError e) {
      return NOT_AVRO;
    }
  }
}
