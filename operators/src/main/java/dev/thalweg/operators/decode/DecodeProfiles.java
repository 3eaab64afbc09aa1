package dev.thalweg.operators.decode;

import dev.thalweg.operators.event.DeadLetter;
import dev.thalweg.operators.event.Message;
import dev.thalweg.operators.event.Profile;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractField;
import dev.thalweg.schemas.EventCursor;
import dev.thalweg.schemas.Failure;
import dev.thalweg.schemas.SingleObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Decodes user profiles (Avro single-object); a tombstone forgets the user of its key; what cannot
 * be decoded becomes a dead letter.
 *
 * <p>Key and state: none. Late data: does not look at time. Its dead letters are counted by cause,
 * not in the ledger of events.
 */
public final class DecodeProfiles extends ProcessFunction<RawRecord, Message> {
  /** The stage that its dead letters name. */
  public static final String STAGE = "decode-profiles";

  private static final long serialVersionUID = 1L;

  private final CatalogFactory catalog;

  private transient Contract contract;
  private transient EventCursor cursor;
  private transient ContractField userId;
  private transient ContractField effectiveFrom;
  private transient ContractField attributes;

  /** An operator that knows the profile contract of that catalogue. */
  public DecodeProfiles(CatalogFactory catalog) {
    this.catalog = Objects.requireNonNull(catalog, "catalog");
  }

  @Override
  public void open(OpenContext context) {
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
    if (value == null
        || value.length < SingleObject.HEADER_LENGTH
        || !SingleObject.isMarked(value)) {
      return "not a profile in Avro single-object encoding";
    }
    if (SingleObject.fingerprint(value) != contract.fingerprint()) {
      return "no profile contract has the fingerprint "
          + Long.toHexString(SingleObject.fingerprint(value));
    }
    return cursor.read(value, SingleObject.HEADER_LENGTH, value.length) ? null : cursor.problem();
  }

  private Profile profile(byte[] value) {
    int from = cursor.valueStart(attributes.position());
    return new Profile(
        cursor.text(userId.position()),
        cursor.longValue(effectiveFrom.position()),
        Arrays.copyOfRange(value, from, value.length));
  }
}
