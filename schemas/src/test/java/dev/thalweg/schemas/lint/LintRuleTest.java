package dev.thalweg.schemas.lint;

import static dev.thalweg.schemas.lint.ContractText.drafts;
import static dev.thalweg.schemas.lint.ContractText.event;
import static dev.thalweg.schemas.lint.ContractText.record;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each rule finds its own example, and nothing else is found there. */
class LintRuleTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 1);
  private static final String V1 = "events/sold/v1.avsc ";
  private static final String V2 = "events/sold/v2.avsc ";
  private static final String OVER =
      "{'since': '2026-01-01', 'sunset': '2026-10-31', 'reason': 'r'}";
  private static final String SOON =
      "{'since': '2026-11-01', 'sunset': '2026-11-01', 'reason': 'r'}";
  private static final String LATER =
      "{'since': '2026-01-01', 'sunset': '2026-11-02', 'reason': 'r'}";

  @TempDir private Path folder;

  /** Files with one fault, and where it is to be found. */
  private record Example(ContractFiles files, String place) {}

  private static Example of(String place, ContractText... contracts) {
    return new Example(drafts(contracts), place);
  }

  private static Example text(String place, String path, String text) {
    return new Example(ContractFiles.of(Map.of(path, text), ReleaseIndex.EMPTY), place);
  }

  private static ContractText sold() {
    return event("sold", 1);
  }

  private static ContractText soldAgain() {
    return event("sold", 2);
  }

  @ParameterizedTest
  @EnumSource(LintRule.class)
  void findsItsExample(LintRule rule) throws IOException {
    Example example = example(rule);
    assertThat(new ContractLinter(TODAY).lint(example.files).findings())
        .extracting(f -> f.rule().id() + " " + f.file() + " " + f.path())
        .containsExactly(rule.id() + " " + example.place);
  }

  private Example example(LintRule rule) throws IOException {
    return switch (rule) {
      case FILE_TOO_LARGE -> onDisk(new byte[(1 << 20) + 1]);
      case FILE_UNREADABLE -> onDisk(new byte[] {'{', (byte) 0xC3, '}'});
      case JSON_INVALID -> text(V1 + "$", "events/sold/v1.avsc", "{\"type\": nul}");
      case JSON_DUPLICATE_KEY ->
          text(
              V1 + "$.fields[0].doc",
              "events/sold/v1.avsc",
              sold().toString().replaceFirst("\"doc\" : \"An a", "\"doc\": \"x\", $0"));
      case JSON_TOO_DEEP ->
          text(
              V1 + "$.a" + "[0]".repeat(63),
              "events/sold/v1.avsc",
              "{\"a\":" + "[".repeat(70) + "]".repeat(70) + "}");
      case PROPERTY_TYPE -> of(V1 + "$.owner", sold().set("owner", "1"));
      case AVRO_INVALID -> of(V1 + "$.fields[8]", sold().field("units", "'int'", "'one'"));
      case TOO_MANY_FIELDS -> of(V1 + "$.fields", withFields(1_501));
      case MISPLACED_FILE -> text("events/sold.avsc $", "events/sold.avsc", "{}");
      case NAME_MISMATCH -> of(V1 + "$.name", sold().set("name", "'Bought'"));
      case NAMESPACE -> of(V1 + "$.namespace", sold().set("namespace", "'Shop.events.v1'"));
      case VERSION_GAP -> of(V2 + "$", soldAgain());
      case RELEASED_CHANGED -> released(V1 + "$", sold().set("owner", "'web'"));
      case RELEASED_REMOVED -> released(V1 + "$", event("bought", 1));
      case INDEX_MALFORMED ->
          new Example(
              ContractFiles.of(
                  ContractText.texts(sold()), ReleaseIndex.parse("\nevents/sold/v1.avsc\n")),
              "index.txt line 2");
      default -> inOneFile(rule);
    };
  }

  private Example inOneFile(LintRule rule) {
    return switch (rule) {
      case CORE_MISSING -> of(V1 + "$.fields", sold().withoutField("event_time"));
      case CORE_ORDER ->
          of(
              V1 + "$.fields[1]",
              sold()
                  .withoutField("event_time")
                  .field("event_time", "{'type': 'long', 'logicalType': 'timestamp-millis'}"));
      case CORE_TYPE -> of(V1 + "$.fields[5]", sold().on("source", "default", "'web'"));
      case NOT_FLAT ->
          of(V1 + "$.fields[8].type", sold().field("a", "{'type': 'map', 'values': 'string'}"));
      case OPTIONAL_DEFAULT -> of(V1 + "$.fields[8]", sold().field("a", "['null', 'int']"));
      case NAME_NOT_SNAKE_CASE -> of(V1 + "$.fields[8].name", sold().field("a__b", "'int'"));
      case NAME_TOO_LONG -> of(V1 + "$.fields[8].name", sold().field("a".repeat(64), "'int'"));
      case NAME_RESERVED -> of(V1 + "$.fields[8].name", sold().field("enrichment", "'int'"));
      case NAME_COLLISION ->
          of(
              V1 + "$.fields[9].aliases[0]",
              sold().field("a", "'int'").field("b", "'int'").on("b", "aliases", "['a']"));
      case TYPE_INCONSISTENT ->
          of(
              V1 + "$.fields[8].type",
              event("bought", 1).field("a", "'int'"),
              sold().field("a", "'long'"),
              record("ledgers", 1).field("a", "'int'"));
      case DOC_MISSING -> of(V1 + "$.fields[3]", sold().without("anonymous_id", "doc"));
      case OWNER_MISSING -> of(V1 + "$", sold().without("owner"));
      case COMPATIBILITY_UNKNOWN ->
          of(V1 + "$.compatibility", sold().set("compatibility", "'full'"));
      case PERSONAL_UNMARKED -> of(V1 + "$.fields[8]", sold().field("billing_address", "'string'"));
      case PERSONAL_MALFORMED ->
          of(
              V1 + "$.fields[8].personal",
              sold().field("a", "'string'").on("a", "personal", "{'class': 'none'}"));
      case RULE_MALFORMED -> of(V1 + "$.rules[0]", sold().set("rules", "[{'name': 'r'}]"));
      case RULE_NAME_DUPLICATE ->
          of(V1 + "$.rules[1].name", sold().rule("r", "true").rule("r", "event_id != ''"));
      case RULE_INVALID -> of(V1 + "$.rules[0].cel", sold().rule("r", "nobody > 0"));
      case SUPERSEDES_MALFORMED ->
          of(
              V2 + "$.supersedes[0]",
              sold(),
              soldAgain().set("supersedes", "[{'version': 1, 'reason': ' '}]"));
      case SUPERSEDES_UNKNOWN ->
          of(
              V1 + "$.supersedes[0].version",
              sold().set("supersedes", "[{'version': 1, 'reason': 'r'}]"));
      case DEPRECATION_MALFORMED ->
          of(
              V1 + "$.deprecated.sunset",
              sold().set("deprecated", LATER.replace("2026-11-02", "2026-02-30")));
      case DEPRECATED -> of(V1 + "$.deprecated", sold().set("deprecated", SOON));
      case SUNSET_PASSED -> of(V1 + "$.deprecated", sold().set("deprecated", OVER));
      default -> inTwoVersions(rule);
    };
  }

  private static Example inTwoVersions(LintRule rule) {
    return switch (rule) {
      case BACKWARD_INCOMPATIBLE -> of(V2 + "$.fields[8]", sold(), soldAgain().field("a", "'int'"));
      case FORWARD_INCOMPATIBLE ->
          of(V2 + "$.fields[8].type", sold().field("a", "'int'"), soldAgain().field("a", "'long'"));
      case STATE_UNREADABLE ->
          of(
              V2 + "$.fields[8].type",
              sold().field("a", "'int'"),
              soldAgain().field("a", "'string'").set("compatibility", "'NONE'"));
      case COLUMN_TYPE_CHANGE ->
          of(
              V2 + "$.fields[8].type",
              sold().field("a", "'string'"),
              soldAgain().field("a", "'bytes'"));
      case NAME_REUSED ->
          of(
              "events/sold/v3.avsc $.fields[8].type",
              sold().field("a", "'float'", "0").on("a", "deprecated", OVER),
              soldAgain(),
              event("sold", 3).field("a", "'double'", "0").set("compatibility", "'BACKWARD'"));
      case REMOVED_UNDEPRECATED ->
          of(V2 + "$.fields", sold().field("a", "'int'", "0"), soldAgain());
      case REMOVED_BEFORE_SUNSET ->
          of(
              V2 + "$.fields",
              sold().field("a", "'int'", "0").on("a", "deprecated", LATER),
              soldAgain());
      case RULE_CHANGED ->
          of(
              V2 + "$.rules[0]",
              sold().rule("r", "event_id != ''"),
              soldAgain().rule("r", "event_id != 'none'"));
      default -> throw new AssertionError("no example of " + rule.id());
    };
  }

  private Example onDisk(byte[] content) throws IOException {
    Path file = folder.resolve("events/sold/v1.avsc");
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    return new Example(ContractFiles.below(folder), V1 + "$");
  }

  /** The index lists {@code sold} as it should be. */
  private static Example released(String place, ContractText now) {
    ReleaseIndex index = ReleaseIndex.EMPTY.with(ContractText.texts(sold()));
    return new Example(ContractFiles.of(ContractText.texts(now), index), place);
  }

  private static ContractText withFields(int count) {
    ContractText sold = sold();
    for (int i = 8; i < count; i++) {
      sold.field("a" + i, "'int'");
    }
    return sold;
  }

  @Test
  void theListOfRulesIsDocumented() throws IOException {
    Path file = Oracles.repository("schemas/LINT.md");
    if (Boolean.getBoolean("thalweg.regenerate")) {
      LintRuleTable.regenerate(file);
    }
    assertThat(Files.readAllLines(file))
        .filteredOn(line -> line.startsWith("| `") && line.split(" \\| ").length == 5)
        .containsExactlyElementsOf(Stream.of(LintRule.values()).map(LintRuleTable::line).toList());
  }

  @Test
  void theListsForPersonalDataAreDocumented() throws IOException {
    String text = Files.readString(Oracles.repository("schemas/LINT.md"));
    for (PersonalClass known : PersonalClass.values()) {
      assertThat(text).contains("`" + known + "`");
    }
    for (Protection known : Protection.values()) {
      assertThat(text).contains("`" + known + "`");
    }
  }
}
