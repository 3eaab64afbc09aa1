package dev.thalweg.schemas;

import java.util.Objects;

/**
 * One field of a contract.
 *
 * @param name in snake_case
 * @param position place in the record, from 0
 * @param type what it holds where it is not null
 * @param nullable whether it may be null (written as a union of null and the type)
 * @param hasDefault whether it may be left out
 * @param defaultValue what it is when left out; null means null or no default
 * @param doc what it means
 */
public record ContractField(
    String name,
    int position,
    FieldType type,
    boolean nullable,
    boolean hasDefault,
    Object defaultValue,
    String doc) {
  /** Refuses a missing name or type. */
  public ContractField {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
  }

  /** Whether every event must carry it. */
  public boolean required() {
    return !hasDefault;
  }
}
