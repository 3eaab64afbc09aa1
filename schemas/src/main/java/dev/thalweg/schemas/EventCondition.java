package dev.thalweg.schemas;

/**
 * A condition over the events of one contract, such as {@code quantity < 100}. Other than a rule,
 * it is not met where a field that it speaks of is absent. Not thread safe; compile one for each
 * thread.
 */
public final class EventCondition {
  private final int[] fields;
  private final RuleCheck check;

  /**
   * A condition.
   *
   * @param fields positions of the fields it speaks of
   */
  EventCondition(int[] fields, RuleCheck check) {
    this.fields = fields;
    this.check = check;
  }

  /**
   * Whether the event under a cursor over that contract meets it; a canonical cursor will do. An
   * expression without a value (a division by zero, say) is not met.
   */
  public boolean holds(EventCursor event) {
    for (int field : fields) {
      if (event.isNull(field)) {
        return false;
      }
    }
    return check.holds(event);
  }
}
