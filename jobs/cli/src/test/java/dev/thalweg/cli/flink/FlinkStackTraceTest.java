package dev.thalweg.cli.flink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlinkStackTraceTest {

  @Test
  void findsTheInnermostMessage() {
    assertThat(
            FlinkStackTrace.cause(
                """
                java.lang.RuntimeException: outer
                \tat a.B.c(B.java:1)
                Caused by: org.apache.flink.util.FlinkException: middle
                \tat a.B.c(B.java:1)
                Caused by: java.io.IOException: the disk is on fire
                \t... 3 more
                """))
        .isEqualTo("the disk is on fire");
  }

  @Test
  void keepsTheNameWhereTheMessageSaysLittle() {
    assertThat(FlinkStackTrace.cause("java.lang.ClassNotFoundException: dev.Job\n\tat a.B"))
        .isEqualTo("ClassNotFoundException: dev.Job");
    assertThat(FlinkStackTrace.cause("java.lang.NullPointerException\n\tat a.B"))
        .isEqualTo("NullPointerException");
  }

  @Test
  void takesPlainTextAsItIs() {
    assertThat(FlinkStackTrace.cause("not found")).isEqualTo("not found");
    assertThat(FlinkStackTrace.cause("")).isEqualTo("no reason given");
  }
}
