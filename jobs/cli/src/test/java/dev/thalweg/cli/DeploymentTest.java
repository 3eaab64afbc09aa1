package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeploymentTest {

  @Test
  void theOnlyOneHasNoPrefix() {
    Deployment only = new Deployment("");

    assertThat(only.topic("events.raw")).isEqualTo("events.raw");
    assertThat(only.schema()).isEqualTo("views");
  }

  @Test
  void prefixesWhatOthersSee() {
    Deployment blue = new Deployment("blue");

    assertThat(blue.topic("events.raw")).isEqualTo("blue.events.raw");
    assertThat(blue.schema()).isEqualTo("blue_views");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Blue", "a-b", "1a", "a;drop", "aaaaaaaaaabbbbbbbbbbccccccccccdd"})
  void refusesNamesThatSomeSystemWouldNotTake(String name) {
    assertThatThrownBy(() -> new Deployment(name)).isInstanceOf(CommandFailure.class);
  }
}
