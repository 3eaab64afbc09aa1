package dev.thalweg.schemas;

/** Whether one rule holds for the event under a cursor. Not thread safe. */
@FunctionalInterface
interface RuleCheck {
  boolean holds(EventCursor event);
}
