package dev.thalweg.cli.demo;

import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.ContractField;
import dev.thalweg.schemas.CoreFields;
import java.util.Arrays;

/**
 * One event before it is encoded: a value for each field of its contract, null where it has none.
 */
final class Draft {

  private final ContractCatalog catalog;
  private Contract contract;
  private Object[] values = new Object[0];

  Draft(ContractCatalog catalog) {
    this.catalog = catalog;
  }

  /** Begins an event. */
  Draft begin(String eventType, String eventId, long eventTime) {
    if (contract == null || !contract.type().equals(eventType)) {
      contract =
          catalog
              .newest(eventType)
              .orElseThrow(() -> new IllegalStateException("no contract " + eventType));
      values = new Object[contract.fields().size()];
    } else {
      Arrays.fill(values, null);
    }
    values[CoreFields.EVENT_ID] = eventId;
    values[CoreFields.EVENT_TIME] = eventTime;
    return this;
  }

  /** Sets a field; a value of a type that the contract does not allow makes a bad event. */
  Draft set(String name, Object value) {
    ContractField field = contract.field(name);
    if (field == null) {
      throw new IllegalArgumentException(contract + " has no field " + name);
    }
    values[field.position()] = value;
    return this;
  }

  Contract contract() {
    return contract;
  }

  Object value(ContractField field) {
    return values[field.position()];
  }

  String eventId() {
    return (String) values[CoreFields.EVENT_ID];
  }

  /** The subject: user, else anonymous visitor. */
  String subject() {
    Object user = values[CoreFields.USER_ID];
    return (String) (user == null ? values[CoreFields.ANONYMOUS_ID] : user);
  }
}
