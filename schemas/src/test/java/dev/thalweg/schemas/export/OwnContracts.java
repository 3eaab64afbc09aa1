package dev.thalweg.schemas.export;

import dev.thalweg.schemas.ClassPathContracts;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.ContractSource;
import dev.thalweg.schemas.ContractSource.ContractFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A catalogue with contracts of a user's: two versions, one on its way out, every type. */
final class OwnContracts {
  private static final String FIELDS =
      """
      {"name": "event_id", "type": "string"},
      {"name": "event_time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
      {"name": "user_id", "type": ["null", "string"], "default": null},
      {"name": "anonymous_id", "type": ["null", "string"], "default": null},
      {"name": "correlation_id", "type": ["null", "string"], "default": null},
      {"name": "source", "type": "string", "default": "unknown"},
      {"name": "environment", "type": "string", "default": "production"},
      {"name": "producer_version", "type": ["null", "string"], "default": null},
      {"name": "weight", "type": "float", "default": 0.5},
      {"name": "height", "type": ["null", "double"], "default": null},
      {"name": "fragile", "type": "boolean", "default": true},
      {"name": "label", "type": "bytes", "default": "\\u0000\\u00ff"},
      {"name": "due", "type": {"type": "long", "logicalType": "timestamp-millis"}, "default": 0},
      {"name": "carrier", "type": ["null", "string"], "default": null, "deprecated": "use route"}
      """;

  private OwnContracts() {}

  static ContractCatalog catalog() {
    return ContractCatalog.load(new ClassPathContracts(), OwnContracts::files);
  }

  /** The same contracts, found in another order. */
  static ContractCatalog catalogInAnotherOrder() {
    ContractSource reversed =
        () -> {
          List<ContractFile> files = new ArrayList<>(new ClassPathContracts().read());
          files.addAll(files());
          Collections.reverse(files);
          return files;
        };
    return ContractCatalog.load(reversed);
  }

  private static List<ContractFile> files() {
    return List.of(file(1, "\"deprecated\": true,"), file(2, "\"owner\": \"logistics\","));
  }

  private static ContractFile file(int version, String properties) {
    String text =
        """
        {"type": "record", "name": "ParcelSent", "namespace": "shop.events.v%d", %s "fields": [%s]}
        """
            .formatted(version, properties, FIELDS);
    return new ContractFile("events/parcel_sent/v" + version + ".avsc", text);
  }
}
