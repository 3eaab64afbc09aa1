package dev.thalweg.operators.decode;

import dev.thalweg.operators.event.DeadLetter;
import dev.thalweg.operators.event.Message;
import dev.thalweg.operators.event.Profile;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractField;
import dev.thalweg.schemas.EventCursor;
import dev.thalweg.schemas.Failure;
import dev.thalweg.schemas.RegisteredSchemas;
import dev.thalweg.schemas.SingleObject;
import dev.thalweg.schemas.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Decodes user profiles (Avro single-object, or a schema registry's wire format); a tombstone
 * forgets the user of its key; what cannot be decoded becomes a dead letter.
 *
 * <p>Key and state: none. Late data: does not look at time. Its dead letters are counted by cause,
 * not in the ledger of events.
 */
public final class DecodeProfiles extends ProcessFunction<RawRecord, Message> {
  /** The stage that its dead letters name. */
  public static final String STAGE = "decode-profiles";

  private static final long serialVersionUID = 1L;

  private final CatalogFactory catalog;

  private final RegistryFactory registry;

  private transient RegisteredSchemas registered;
  private transient Contract contract;
  private transient EventCursor cursor;
  private transient ContractField userId;
  private transient ContractField effectiveFrom;
  private transient ContractField attributes;

  /** An operator that knows the profile contract of that catalogue. */
  public DecodeProfiles(CatalogFactory catalog) {
    this(catalog, null);
  }

  /** An operator that uses a schema registry too; null for none. */
  public DecodeProfiles(CatalogFactory catalog, RegistryFactory registry) {
    this.catalog = Objects.requireNonNull(catalog, "catalog");
    this.registry = registry;
  }

  @Override
  public void open(OpenContext context) {
    if (registry != null) {
      registered = new RegisteredSchemas(registry.connect(getRuntimeContext().getMetricGroup()));
    }
    contract = catalog.load().record("profile");
    cursor = new EventCursor(contract);
    userId = contract.field("user_id");
    effectiveFrom = contract.field("effective_from");
    attributes = contract.field("attributes");
  }

  @Override
  public void processElement(RawRecord raw, Context context, Collector<Message> out) {
    byte[] value = raw.value();
    if (value == null && raw.key() != null) {
      out.collect(new Profile(new String(raw.key(), StandardCharsets.UTF_8), 0, null));
      return;
    }
    String problem = problem(value);
    out.collect(
        problem == null
            ? profile(value)
            : new DeadLetter(STAGE, Failure.UNREADABLE, problem, DeadLetter.UNKNOWN, raw));
  }

  private String problem(byte[] value) {
    if (value != null && registered != null && WireFormat.isMarked(value)) {
      return registeredProblem(value);
    }
    if (value == null
        || value.length < SingleObject.HEADER_LENGTH
        || !SingleObject.isMarked(value)) {
      return "not a profile in Avro single-object encoding";
    }
    if (SingleObject.fingerprint(value) != contract.fingerprint()) {
      return "no profile contract has the fingerprint "
          + Long.toHexString(SingleObject.fingerprint(value));
    }
    return problem(value, SingleObject.HEADER_LENGTH);
  }

  private String registeredProblem(byte[] value) {
    if (value.length < WireFormat.HEADER_LENGTH) {
      return "truncated within the header";
    }
    Long fingerprint = registered.fingerprint(WireFormat.id(value));
    return fingerprint != null && fingerprint == contract.fingerprint()
        ? problem(value, WireFormat.HEADER_LENGTH)
        : "no profile contract has the registered schema of the id " + WireFormat.id(value);
  }

  private String problem(byte[] value, int from) {
    return cursor.read(value, from, value.length) ? null : cursor.problem();
  }

  private Profile profile(byte[] value) {
    int from = cursor.valueStart(attributes.position());
    return new Profile(
        cursor.text(userId.position()),
        cursor.longValue(effectiveFrom.position()),
        Arrays.copyOfRange(value, from, value.length));
  }
}
