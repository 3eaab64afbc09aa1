package dev.thalweg.schemas.lint;

import static dev.thalweg.schemas.lint.Affected.AUTHORS;
import static dev.thalweg.schemas.lint.Affected.NEW_READERS;
import static dev.thalweg.schemas.lint.Affected.OLD_READERS;
import static dev.thalweg.schemas.lint.Affected.PEOPLE;
import static dev.thalweg.schemas.lint.Affected.PRODUCERS;
import static dev.thalweg.schemas.lint.Affected.RUNNING_STATE;
import static dev.thalweg.schemas.lint.Affected.SINKS;
import static dev.thalweg.schemas.lint.Severity.ERROR;
import static dev.thalweg.schemas.lint.Severity.WARNING;

import java.util.List;
import java.util.Locale;

/** All that the linter looks for; its id is the name in lower case with hyphens. */
public enum LintRule {
  FILE_TOO_LARGE(
      ERROR,
      "A contract's file holds at most 1 MiB.",
      "it is not read, so the contract is unknown",
      "split the event type, or shorten the documentation",
      AUTHORS,
      NEW_READERS),
  FILE_UNREADABLE(
      ERROR,
      "A contract's file can be read, as UTF-8.",
      "the contract is unknown",
      "give the file read permission and save it as UTF-8",
      AUTHORS,
      NEW_READERS),
  JSON_INVALID(
      ERROR,
      "A contract's file is one JSON object.",
      "the contract is unknown",
      "correct the JSON where the message says",
      AUTHORS,
      NEW_READERS),
  JSON_DUPLICATE_KEY(
      ERROR,
      "No object of the file has a key twice.",
      "readers differ in which of the two they take",
      "keep one of the two",
      PRODUCERS,
      NEW_READERS),
  JSON_TOO_DEEP(
      ERROR,
      "The file nests at most 64 levels.",
      "it is not read, so the contract is unknown",
      "contracts are flat: remove the nesting",
      AUTHORS,
      NEW_READERS),
  PROPERTY_TYPE(
      ERROR,
      "Every property that a contract needs is there and of its type.",
      "the pipeline refuses the contract",
      "write the property as the message says",
      AUTHORS,
      NEW_READERS),
  AVRO_INVALID(
      ERROR,
      "The file is a schema by the Avro specification.",
      "no Avro library takes it",
      "correct what Avro says in the message",
      PRODUCERS,
      NEW_READERS,
      OLD_READERS),
  TOO_MANY_FIELDS(
      ERROR,
      "A contract has at most 1500 fields.",
      "a PostgreSQL table holds at most 1600 columns",
      "split the event type",
      SINKS),
  MISPLACED_FILE(
      ERROR,
      "Files stand at events/<event_type>/v<N>.avsc or records/<name>/v<N>.avsc.",
      "the pipeline refuses the directory or does not see the file",
      "move, rename or remove it",
      AUTHORS,
      NEW_READERS),
  NAME_MISMATCH(
      ERROR,
      "The record's name in snake_case is the directory's name.",
      "events name another contract than their schema does",
      "rename the record or move the file",
      PRODUCERS,
      NEW_READERS),
  NAMESPACE(
      ERROR,
      "The namespace is <product>.events.v<N> (or .records.v<N>), N being the file's version.",
      "two versions share a fingerprint, or the canonical schema has no name",
      "write the namespace as the message says",
      RUNNING_STATE,
      NEW_READERS,
      SINKS),
  VERSION_GAP(
      ERROR,
      "Versions count from 1 without a gap.",
      "nobody knows how to read what was written with the missing version",
      "restore the missing file, or renumber versions that were never released",
      NEW_READERS,
      RUNNING_STATE),
  RELEASED_CHANGED(
      ERROR,
      "A released file never changes.",
      "events already written were written under the text that was released",
      "restore the released text and put the change into a new version",
      OLD_READERS,
      NEW_READERS,
      PRODUCERS,
      RUNNING_STATE),
  RELEASED_REMOVED(
      ERROR,
      "A released file stays; a whole contract may go past its sunset, with its lines in index.txt.",
      "events written with it can no longer be read",
      "restore the file; to retire a whole contract remove its lines from index.txt too",
      NEW_READERS,
      RUNNING_STATE),
  INDEX_MALFORMED(
      ERROR,
      "Each line of index.txt is a path and a SHA-256, no path twice.",
      "whether a released file changed cannot be seen",
      "correct the line, or remove it and run lint --release",
      AUTHORS),
  CORE_MISSING(
      ERROR,
      "Every event contract has all core fields.",
      "the pipeline refuses the contract: it dedups, joins and orders by core fields",
      "add the field as the message says",
      NEW_READERS,
      PRODUCERS),
  CORE_ORDER(
      ERROR,
      "The core fields stand first, in their order.",
      "the pipeline refuses the contract: it finds core fields by position",
      "move the core fields to the front, in their order",
      NEW_READERS),
  CORE_TYPE(
      ERROR,
      "Core fields have the type and default they must have.",
      "the pipeline refuses the contract",
      "write the field as the message says",
      NEW_READERS,
      PRODUCERS),
  NOT_FLAT(
      ERROR,
      "Fields are string, int, long, timestamp-millis, float, double, boolean or bytes, or null and one of these.",
      "the pipeline refuses the contract; no column holds the field",
      "replace it by flat fields (records may also hold a map of string)",
      NEW_READERS,
      SINKS),
  OPTIONAL_DEFAULT(
      ERROR,
      "An optional field, a union of null and a type, has the default null.",
      "producers cannot leave it out, and it cannot be added or removed later",
      "add \"default\": null",
      PRODUCERS,
      OLD_READERS,
      NEW_READERS),
  NAME_NOT_SNAKE_CASE(
      ERROR,
      "Names of fields are snake_case.",
      "PostgreSQL folds capital letters, so queries and columns differ",
      "rename it to lower-case words with underscores",
      SINKS),
  NAME_TOO_LONG(
      ERROR,
      "Names of event types, records and fields have at most 63 bytes.",
      "PostgreSQL cuts longer identifiers, silently",
      "choose a shorter name",
      SINKS),
  NAME_RESERVED(
      ERROR,
      "No event field is called event_type, ingested_at, contract_version, pipeline_version or enrichment.",
      "the canonical record has fields of these names",
      "choose another name",
      NEW_READERS,
      SINKS),
  NAME_COLLISION(
      ERROR,
      "No two fields, or aliases of fields, have a name that PostgreSQL or Avro takes for the same.",
      "one value lands in the other's column, or no reader can tell them apart",
      "rename one of the two",
      SINKS,
      NEW_READERS),
  TYPE_INCONSISTENT(
      ERROR,
      "A name has the same type in the newest version of every contract.",
      "views and queries over several event types cannot use the field",
      "use the type of the others, or another name",
      SINKS,
      NEW_READERS),
  DOC_MISSING(
      ERROR,
      "The record and every field have documentation.",
      "readers guess what it means, each something else",
      "add a \"doc\" that says what it means, with its unit",
      NEW_READERS,
      PRODUCERS),
  OWNER_MISSING(
      ERROR,
      "A contract has an owner.",
      "nobody answers for wrong or missing events",
      "add \"owner\": the team that answers for it",
      NEW_READERS,
      PRODUCERS),
  COMPATIBILITY_UNKNOWN(
      ERROR,
      "The compatibility mode is one of the seven.",
      "the mode meant is not checked; FULL_TRANSITIVE is assumed",
      "write NONE, BACKWARD, FORWARD, FULL, or one of the last three with _TRANSITIVE",
      AUTHORS),
  BACKWARD_INCOMPATIBLE(
      ERROR,
      "Where the mode asks for it, the newest version reads what older versions wrote.",
      "what older versions wrote can no longer be read, not by the pipeline either",
      "make the change one that both can read (add with a default, widen a type, alias a rename)",
      NEW_READERS,
      RUNNING_STATE),
  FORWARD_INCOMPATIBLE(
      ERROR,
      "Where the mode asks for it, older versions read what the newest writes.",
      "whoever has not moved to the newest version cannot read new events",
      "keep the field and its type and add another, or move all readers first and choose a BACKWARD mode",
      OLD_READERS),
  STATE_UNREADABLE(
      ERROR,
      "Whatever the mode, the newest version reads what every older version wrote.",
      "old events wait in topics, savepoints and the archive, and are read through the newest version",
      "make the change one that old events survive, or supersede a version that is known to be bad",
      RUNNING_STATE,
      NEW_READERS),
  COLUMN_TYPE_CHANGE(
      ERROR,
      "A field's type changes only as its PostgreSQL column can: int to long, float to double, int to double.",
      "the existing column does not take the new values",
      "keep the type, or add a field of another name",
      SINKS),
  NAME_REUSED(
      ERROR,
      "A name that was removed does not return with another type.",
      "old events hold another thing under that name",
      "choose a name that was never used",
      OLD_READERS,
      NEW_READERS,
      RUNNING_STATE,
      SINKS),
  DEPRECATION_MALFORMED(
      ERROR,
      "A deprecation says since and sunset as dates, and a reason; a replacement is optional.",
      "nobody can tell when it goes away",
      "write {\"since\": DATE, \"sunset\": DATE, \"reason\": TEXT, \"replacement\": NAME}, dates as 2026-11-01",
      PRODUCERS,
      OLD_READERS),
  DEPRECATED(
      WARNING,
      "What is deprecated is on its way out.",
      "it goes away at its sunset",
      "move producers and readers to the replacement before the sunset",
      PRODUCERS,
      OLD_READERS),
  SUNSET_PASSED(
      ERROR,
      "What is deprecated is gone after its sunset.",
      "producers and readers were told that it is gone",
      "remove the field in a new version (a contract: its files and lines of index.txt), or agree on a later sunset in a new version",
      PRODUCERS,
      OLD_READERS),
  REMOVED_UNDEPRECATED(
      ERROR,
      "A field is deprecated in a version before it is removed.",
      "its readers were never told",
      "keep the field, deprecate it in this version and remove it in a later one past the sunset",
      OLD_READERS,
      PRODUCERS),
  REMOVED_BEFORE_SUNSET(
      ERROR,
      "A deprecated field stays until its sunset.",
      "its readers were promised more time",
      "keep the field until its sunset",
      OLD_READERS,
      PRODUCERS),
  PERSONAL_UNMARKED(
      ERROR,
      "A field named like personal data says how it is protected, or that it is none.",
      "personal data could pass unprotected",
      "add \"personal\": {\"class\": C, \"protection\": P}, or {\"class\": \"none\", \"reason\": TEXT}",
      PEOPLE,
      SINKS),
  PERSONAL_MALFORMED(
      ERROR,
      "A mark of personal data has a known class and protection, or the class none and a reason.",
      "the protection meant is not applied",
      "protection is one of drop, pseudonymize, tokenize, encrypt, truncate; class one of those in schemas/LINT.md",
      PEOPLE,
      SINKS),
  RULE_MALFORMED(
      ERROR,
      "A rule has the strings name, cel and message.",
      "the pipeline refuses the contract",
      "write {\"name\": NAME, \"cel\": CONDITION, \"message\": TEXT}",
      AUTHORS,
      NEW_READERS),
  RULE_NAME_DUPLICATE(
      ERROR,
      "Names of rules are unique within a contract.",
      "dead letters do not tell which rule was broken",
      "rename one of the two",
      PRODUCERS),
  RULE_INVALID(
      ERROR,
      "A rule is a CEL condition over the contract's fields.",
      "the pipeline refuses the contract",
      "correct the expression; it must be true or false",
      AUTHORS,
      NEW_READERS),
  RULE_CHANGED(
      WARNING,
      "A rule that older versions do not have also holds for their events.",
      "events written under older versions are read through the newest one; those that break the rule become dead letters",
      "make sure that producers of older versions meet the rule",
      PRODUCERS,
      RUNNING_STATE),
  SUPERSEDES_MALFORMED(
      ERROR,
      "What a version supersedes is a list of versions with reasons.",
      "events of the bad version are read as they were written",
      "write \"supersedes\": [{\"version\": N, \"reason\": TEXT}]",
      NEW_READERS),
  SUPERSEDES_UNKNOWN(
      ERROR,
      "A version supersedes older versions of its contract that exist, each once.",
      "events of the bad version are read as they were written",
      "name an older version of this contract",
      NEW_READERS);

  private final Severity severity;
  private final String description;
  private final String breaks;
  private final String mend;
  private final List<Affected> affects;

  LintRule(Severity severity, String description, String breaks, String mend, Affected... affects) {
    this.severity = severity;
    this.description = description;
    this.breaks = breaks;
    this.mend = mend;
    this.affects = List.of(affects);
  }

  /** Its name in reports, such as {@code backward-incompatible}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** How bad a violation is. */
  public Severity severity() {
    return severity;
  }

  /** What must be so, in one sentence. */
  public String description() {
    return description;
  }

  /** What breaks when it is violated. */
  public String breaks() {
    return breaks;
  }

  /** How to mend a violation. */
  public String mend() {
    return mend;
  }

  /** For whom a violation breaks something. */
  public List<Affected> affects() {
    return affects;
  }
}
