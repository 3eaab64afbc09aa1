package dev.thalweg.operators.experiments.flags;

import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A context as rules see it: attributes, the targeting key, and what flagd adds. */
final class ContextView extends AbstractMap<String, Object> {
  private final String flag;
  private final FlagContext context;

  ContextView(String flag, FlagContext context) {
    this.flag = flag;
    this.context = context;
  }

  String flag() {
    return flag;
  }

  String targetingKey() {
    return context.targetingKey();
  }

  @Override
  public Object get(Object name) {
    if (FlagContext.TARGETING_KEY.equals(name)) {
      return context.targetingKey();
    }
    return FlagContext.FLAGD.equals(name) ? flagd() : context.attributes().get(name);
  }

  @Override
  public Set<Entry<String, Object>> entrySet() {
    Map<String, Object> all = new HashMap<>(context.attributes());
    all.remove(FlagContext.TARGETING_KEY);
    if (context.targetingKey() != null) {
      all.put(FlagContext.TARGETING_KEY, context.targetingKey());
    }
    all.put(FlagContext.FLAGD, flagd());
    return all.entrySet();
  }

  private Map<String, Object> flagd() {
    return Map.of("flagKey", flag, "timestamp", context.timeSeconds());
  }
}
