package dev.thalweg.cli.flink;

import java.util.Optional;

/**
 * How far a savepoint is.
 *
 * @param ended whether it succeeded or failed
 * @param location where it lies when it succeeded
 * @param failure why it failed
 */
public record SavepointRequest(
    boolean ended, Optional<String> location, Optional<String> failure) {}
