package dev.thalweg.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.schemas.export.JsonSchemas;
import dev.thalweg.schemas.export.SchemaCheck;
import dev.thalweg.schemas.testkit.TestEvent;
import dev.thalweg.schemas.testkit.TestEvents;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The pattern for event times in JSON Schemas takes what the decoder takes. */
class EdgeSchemaTimesTest {
  private static final Contract CONTRACT = TestEvents.catalog().newest("app_opened").orElseThrow();
  private static final SchemaCheck SCHEMA = SchemaCheck.by(JsonSchemas.edge(CONTRACT, true));

  private final EventDecoder decoder = Decoded.decoder();

  @Property(tries = 3_000)
  void agreesWithTheDecoderOnTextsThatAreNearlyTimes(@ForAll long seed) {
    TestEvent event = TestEvents.of("app_opened").with("event_time", nearlyTime(new Random(seed)));
    assertThat(SCHEMA.accepts(event.toJson()))
        .as(event.toJson())
        .isEqualTo(decoder.decode(event.toJsonBytes()));
  }

  private static String nearlyTime(Random random) {
    StringBuilder out = new StringBuilder();
    boolean century = random.nextInt(3) == 0;
    out.append("%02d%02d-".formatted(random.nextInt(100), century ? 0 : random.nextInt(100)));
    out.append(
        random.nextInt(3) == 0
            ? pick(random, "02-28", "02-29", "02-30", "04-31", "12-31")
            : "%02d-%02d".formatted(random.nextInt(14), random.nextInt(33)));
    out.append(random.nextInt(9) == 0 ? "t" : "T");
    out.append("%02d:%02d".formatted(random.nextInt(26), random.nextInt(62)));
    if (random.nextInt(4) > 0) {
      out.append(":%02d".formatted(random.nextInt(62)));
      out.append(pick(random, "", "", ".", ".5", ".123", ".123456789", ".1234567890", ","));
    }
    out.append(pick(random, "Z", "Z", "z", "", "+01", "-01:00", "+0100", "+17:59:59", "+18:00"));
    out.append(pick(random, "", "", "", "", "", "", ":00", "0", " ", "\n", "[UTC]"));
    return out.toString();
  }

  private static String pick(Random random, String... texts) {
    return texts[random.nextInt(texts.length)];
  }
}
