package dev.thalweg.jobs.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.jobs.JobOptions;
import dev.thalweg.jobs.config.OptionReference;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;

/** What holds for the options of every job. */
public final class OptionChecks {
  private static final String COMMON = "contracts|kafka|postgres|registry|views";

  private OptionChecks() {}

  /** The key is kebab-case, under a prefix of all jobs or one of those. */
  public static void assertKey(ConfigOption<?> option, String ownPrefixes) {
    assertThat(option.key())
        .matches("(" + COMMON + "|" + ownPrefixes + ")(\\.[a-z]+(-[a-z]+)*)+|deployment");
  }

  /** The description is made of sentences. */
  public static void assertDescription(ConfigOption<?> option) {
    assertThat(OptionReference.plain(option)).matches("[A-Z].*\\.").doesNotContain("&");
  }

  /** The list holds all options of all jobs and of that class, each once. */
  public static void assertComplete(List<ConfigOption<?>> listed, Class<?> declaring)
      throws IllegalAccessException {
    List<ConfigOption<?>> declared = new ArrayList<>(JobOptions.ALL);
    for (Field field : declaring.getDeclaredFields()) {
      if (field.getType() == ConfigOption.class) {
        field.setAccessible(true);
        declared.add((ConfigOption<?>) field.get(null));
      }
    }
    assertThat(listed).containsExactlyInAnyOrderElementsOf(declared);
    assertThat(listed).extracting(ConfigOption::key).doesNotHaveDuplicates();
  }

  /** The reference file of a job is what is generated. */
  public static void assertReference(
      Path reference,
      List<String> heading,
      List<ConfigOption<?>> options,
      Map<String, String> examples,
      List<String> footing)
      throws IOException {
    String generated = OptionReference.write(heading, options, examples, footing);
    if (Repository.regenerate()) {
      Files.writeString(reference, generated);
    }
    assertThat(reference)
        .as("stale: write it anew with ./mvnw -pl jobs -am test -Dthalweg.regenerate=true")
        .hasContent(generated);
  }
}
