package dev.thalweg.cli.mapping;

import java.util.Map;

/** How a row becomes a user's profile. */
record ProfileRule(Template userId, Map<String, Template> attributes) {}
