package dev.thalweg.cli.mapping;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** How a row becomes an event. */
record EventRule(
    Optional<Condition> when, String eventType, Map<String, FieldRule> fields, Duration offset) {}
