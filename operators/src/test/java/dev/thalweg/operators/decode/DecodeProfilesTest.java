package dev.thalweg.operators.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.event.DeadLetter;
import dev.thalweg.operators.event.Message;
import dev.thalweg.operators.event.MessageTypes;
import dev.thalweg.operators.event.Origin;
import dev.thalweg.operators.event.Profile;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.testkit.OperatorHarness;
import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.schemas.AvroBuffer;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.Failure;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DecodeProfilesTest {
  private static final long FINGERPRINT = TestEvents.catalog().record("profile").fingerprint();

  private static Message decode(byte[] key, byte[] value) throws Exception {
    RawRecord raw = new RawRecord(key, value, new Origin("reference.profiles", 0, 5, 9));
    try (var harness =
        OperatorHarness.of(
                () -> new DecodeProfiles(ContractCatalog::fromClassPath),
                MessageTypes.RAW_RECORD,
                MessageTypes.MESSAGE)
            .open()) {
      var out = harness.process(raw).drain();
      assertThat(out).hasSize(1);
      if (out.get(0) instanceof DeadLetter letter) {
        assertThat(letter.raw()).isSameAs(raw);
        assertThat(letter.stage()).isEqualTo(DecodeProfiles.STAGE);
        assertThat(letter.failure()).isEqualTo(Failure.UNREADABLE);
      }
      return out.get(0);
    }
  }

  private static byte[] encoded(String user, long from, Map<String, String> attributes) {
    return new AvroBuffer()
        .header(FINGERPRINT)
        .text(user)
        .number(from)
        .textMap(attributes)
        .toByteArray();
  }

  @Test
  void profileIsDecodedWithItsAttributesAsTheyStand() throws Exception {
    Map<String, String> attributes = Map.of("country", "DE");
    Profile profile = (Profile) decode(null, encoded("u1", 42, attributes));
    assertThat(profile.userId()).isEqualTo("u1");
    assertThat(profile.effectiveFrom()).isEqualTo(42);
    assertThat(profile.attributes()).isEqualTo(new AvroBuffer().textMap(attributes).toByteArray());
  }

  @Test
  void tombstoneForgetsTheUserOfItsKey() throws Exception {
    Profile profile = (Profile) decode("u1".getBytes(StandardCharsets.UTF_8), null);
    assertThat(profile).isEqualTo(new Profile("u1", 0, null));
  }

  @Test
  void whatIsNoProfileBecomesADeadLetter() throws Exception {
    byte[] profile = encoded("u1", 42, Map.of("country", "DE"));
    assertThat(decode(null, null)).isInstanceOf(DeadLetter.class);
    assertThat(decode(null, new byte[0])).isInstanceOf(DeadLetter.class);
    assertThat(decode(null, TestEvents.event("page_viewed").avro())).isInstanceOf(DeadLetter.class);
    for (int length = 0; length < profile.length; length++) {
      assertThat(decode(null, Arrays.copyOf(profile, length))).isInstanceOf(DeadLetter.class);
    }
    assertThat(decode(null, Arrays.copyOf(profile, profile.length + 1)))
        .isInstanceOf(DeadLetter.class);
  }

  @Test
  void anyBytesBecomeExactlyOneMessage() throws Exception {
    Random random = new Random(7);
    byte[] profile = encoded("u1", 42, Map.of("country", "DE"));
    try (var harness =
        OperatorHarness.of(
                () -> new DecodeProfiles(ContractCatalog::fromClassPath),
                MessageTypes.RAW_RECORD,
                MessageTypes.MESSAGE)
            .open()) {
      for (int i = 0; i < 10_000; i++) {
        byte[] bytes = profile.clone();
        bytes[10 + random.nextInt(bytes.length - 10)] = (byte) random.nextInt(256);
        RawRecord raw = new RawRecord(null, bytes, new Origin("reference.profiles", 0, i, 9));
        assertThat(harness.process(raw).drain()).hasSize(1);
      }
    }
  }
}
