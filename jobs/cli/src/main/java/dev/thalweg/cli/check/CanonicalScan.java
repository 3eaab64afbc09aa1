package dev.thalweg.cli.check;

import dev.thalweg.cli.demo.EventIdDigest;
import dev.thalweg.cli.kafka.CommittedRecords;
import dev.thalweg.cli.kafka.KafkaConnection;
import dev.thalweg.schemas.CanonicalReader;
import dev.thalweg.schemas.ContextFields;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.CoreFields;
import dev.thalweg.schemas.EventCursor;
import java.util.Map;
import java.util.TreeMap;

/** Reads what was committed to the canonical topic. */
public final class CanonicalScan {
  private final CanonicalReader reader;
  private final Map<String, Long> byType = new TreeMap<>();
  private final EventIdDigest ids = new EventIdDigest();
  private long enriched;
  private long unreadable;

  private CanonicalScan(ContractCatalog catalog) {
    reader = new CanonicalReader(catalog);
  }

  /** Reads the topic from its beginning to what is committed now. */
  public static CanonicalScan of(KafkaConnection kafka, String topic, ContractCatalog catalog) {
    CanonicalScan scan = new CanonicalScan(catalog);
    new CommittedRecords(kafka, topic)
        .read(
            false,
            record -> {
              scan.add(record.value());
              return true;
            });
    return scan;
  }

  private void add(byte[] value) {
    EventCursor event = reader.read(value);
    if (event == null) {
      unreadable++;
      return;
    }
    Contract contract = event.contract();
    boolean userKnown = !event.isNull(CoreFields.USER_ID);
    String subject = event.text(userKnown ? CoreFields.USER_ID : CoreFields.ANONYMOUS_ID);
    ids.add(subject, event.text(CoreFields.EVENT_ID));
    byType.merge(contract.type(), 1L, Long::sum);
    // An encoded map begins with the number of its entries.
    if (value[event.valueStart(ContextFields.ENRICHMENT.position(contract))] != 0) {
      enriched++;
    }
  }

  /** Events by event type. */
  public Map<String, Long> byType() {
    return byType;
  }

  /** Which events, each as often as it is there. */
  public EventIdDigest ids() {
    return ids;
  }

  /** Events that carry an enrichment. */
  public long enriched() {
    return enriched;
  }

  /** Records that no contract explains. */
  public long unreadable() {
    return unreadable;
  }
}
