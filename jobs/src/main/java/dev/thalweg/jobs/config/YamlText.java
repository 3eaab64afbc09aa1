package dev.thalweg.jobs.config;

/**
 * A plain value in a YAML file.
 *
 * @param text the value; null where it was none, which has been noted as a problem
 * @param path the keys that lead to it
 * @param line where it stands, from 1
 */
public record YamlText(String text, String path, int line) {}
