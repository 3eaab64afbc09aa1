package dev.thalweg.cli.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.cli.CommandFailure;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresAddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://ann:s%40cret@db.example:5433/events?sslmode=require",
        "postgres://ann:s%40cret@db.example:5433/events?sslmode=require",
        "jdbc:postgresql://db.example:5433/events?user=ann&password=s%40cret&sslmode=require"
      })
  void readsBothSpellings(String url) {
    PostgresAddress address = PostgresAddress.parse(url);

    assertThat(address.jdbcUrl())
        .isEqualTo("jdbc:postgresql://db.example:5433/events?sslmode=require");
    assertThat(address.user()).isEqualTo("ann");
    assertThat(address.password()).isEqualTo(Optional.of("s@cret"));
    assertThat(address.toString()).doesNotContain("s@cret").doesNotContain("s%40cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql://a/b", "db.example", "postgresql://db", "postgresql://db/"})
  void refusesOthersWithoutShowingThem(String url) {
    assertThatThrownBy(() -> PostgresAddress.parse(url))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith("POSTGRES_URL")
        .hasMessageNotContaining("db.example");
  }

  @Test
  void theLocalOneNeedsNoPassword() {
    assertThat(PostgresAddress.local(1, "thalweg").jdbcUrl())
        .isEqualTo("jdbc:postgresql://127.0.0.1:1/thalweg");
  }
}
