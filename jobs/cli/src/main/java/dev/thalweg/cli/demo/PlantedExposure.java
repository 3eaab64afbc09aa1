package dev.thalweg.cli.demo;

/**
 * What a user's client tells of an experiment at each visit.
 *
 * @param experiment by its id
 * @param variant which the user gets
 * @param refused whether the client tells it in a way that no contract allows
 */
record PlantedExposure(String experiment, String variant, boolean refused) {}
