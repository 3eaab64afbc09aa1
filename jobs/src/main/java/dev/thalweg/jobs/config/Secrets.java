package dev.thalweg.jobs.config;

import java.util.regex.Pattern;
import org.apache.flink.configuration.GlobalConfiguration;

/** Keeps secrets out of what is shown. */
public final class Secrets {
  private static final String HIDDEN = "******";
  private static final Pattern ASSIGNED =
      Pattern.compile("(?i)([\\w.-]*(?:password|passwd|secret|token)[\\w.-]*\\s*=\\s*)[^&;,\\s]+");
  private static final Pattern IN_ADDRESS = Pattern.compile("(//)[^/@\\s]*:[^/@\\s]*@");
  private static final Pattern KAFKA = Pattern.compile("(?i).*(jaas|credential|private|\\.key$).*");

  private Secrets() {}

  /** The value as it may be shown under that key. */
  public static String hide(String key, String value) {
    boolean secret = GlobalConfiguration.isSensitive(key) || KAFKA.matcher(key).matches();
    if (secret && !value.isEmpty()) {
      return HIDDEN;
    }
    String shown = ASSIGNED.matcher(value).replaceAll("$1" + HIDDEN);
    return IN_ADDRESS.matcher(shown).replaceAll("$1" + HIDDEN + "@");
  }
}
